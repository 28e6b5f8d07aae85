/**
 * What the guards cost a file and a test that leave nothing. The issue that they answer allows all of them together
 * 5 ms for a file and 0.3 ms for a test: that stands as a side of its own.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Effort } from '../measure/compare.ts'
import { rowOf, type Row } from '../report/row.ts'
import { bundleParts } from './worker-parts.ts'

const CLEAN_FILE = fileURLToPath(new URL('./clean-file.js', import.meta.url))
/** µs. */
const ALLOWED = { file: 5_000, test: 300 }

const GUARDS = { 'engines, descriptors': 'engines', processes: 'processes', all: 'all' } as const

export async function* guardRows({ rounds }: Effort): AsyncGenerator<Row> {
  await bundleParts()
  const costs = cleanFiles(rounds)
  yield* rowsOf('a clean file', costs.file, ALLOWED.file)
  yield* rowsOf('a clean test', costs.test, ALLOWED.test)
}

type Costs = Partial<Record<string, number>>

/** What is there without the guards does not count. */
function rowsOf(what: string, { bare = 0, ...costs }: Costs, allowed: number): readonly Row[] {
  return Object.entries(GUARDS).map(([words, name]) => {
    const guards = (costs[name] ?? 0) - bare
    return name === 'all'
      ? rowOf(`${what}: ${words}`, 'µs', { guards, allowed }, { allowed: 1 })
      : rowOf(`${what}: ${words}`, 'µs', { guards })
  })
}

/** The least of each, in µs. The first of each fills the compile cache. */
function cleanFiles(rounds: number): Readonly<Record<'file' | 'test', Costs>> {
  const cache = mkdtempSync(join(tmpdir(), 'clean-file-'))
  const costs = { file: {} as Costs, test: {} as Costs }
  for (let round = 0; round <= rounds; round++) {
    for (const name of ['bare', ...Object.values(GUARDS)]) {
      const printed = execFileSync(process.execPath, [CLEAN_FILE, name, cache], { encoding: 'utf8' })
      const { file, test } = JSON.parse(printed) as { file: number; test: number }
      costs.file[name] = Math.min(costs.file[name] ?? Infinity, file * 1_000)
      costs.test[name] = Math.min(costs.test[name] ?? Infinity, test * 1_000)
    }
  }
  rmSync(cache, { recursive: true })
  return costs
}
