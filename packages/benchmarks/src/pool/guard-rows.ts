/**
 * What the guards cost a file and a test that leave nothing. The issue that they answer allows all of them together
 * 5 ms for a file and 0.3 ms for a test: that stands as a side of its own.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compare, timed, type Effort } from '../measure/compare.ts'
import { rowOf, type Row } from '../report/row.ts'
import { aroundTest, closeAll, openGuards } from './guard-parts.ts'
import type { GuardsName } from './guard-parts.ts'
import { inMicroseconds, repeated } from './repeated.ts'
import { bundleParts } from './worker-parts.ts'

const CLEAN_FILE = fileURLToPath(new URL('./clean-file.js', import.meta.url))
/** µs. */
const ALLOWED = { file: 5_000, test: 300 }

const GUARDS = { 'engines, descriptors': 'engines', processes: 'processes', all: 'all' } as const

export async function* guardRows(effort: Effort): AsyncGenerator<Row> {
  await bundleParts()
  yield* rowsOf('a clean file', cleanFile(effort), ALLOWED.file)
  yield* rowsOf('a clean test', await cleanTest(effort), ALLOWED.test)
}

type Costs = Readonly<Partial<Record<string, number>>>

/** What is there without the guards does not count. */
function rowsOf(what: string, { bare = 0, ...costs }: Costs, allowed: number): readonly Row[] {
  return Object.entries(GUARDS).map(([words, name]) => {
    const guards = (costs[name] ?? 0) - bare
    return name === 'all'
      ? rowOf(`${what}: ${words}`, 'µs', { guards, allowed }, { allowed: 1 })
      : rowOf(`${what}: ${words}`, 'µs', { guards })
  })
}

/** Each in a process of its own. The first one of each fills the compile cache. */
function cleanFile({ rounds }: Effort): Costs {
  const cache = mkdtempSync(join(tmpdir(), 'clean-file-'))
  const costs: Record<string, number> = {}
  for (let round = 0; round <= rounds; round++) {
    for (const name of ['bare', ...Object.values(GUARDS)]) {
      const printed = execFileSync(process.execPath, [CLEAN_FILE, name, cache], { encoding: 'utf8' })
      costs[name] = Math.min(costs[name] ?? Infinity, Number(printed) * 1_000)
    }
  }
  rmSync(cache, { recursive: true })
  return costs
}

async function cleanTest(effort: Effort): Promise<Costs> {
  const contenders = []
  const opened = []
  for (const name of ['bare', ...Object.values(GUARDS)]) {
    const guards = await openGuards(name as GuardsName)
    opened.push(guards)
    contenders.push({ name, sample: timed({ run: repeated(() => aroundTest(guards)) }) })
  }
  const times = await compare(contenders, effort)
  for (const guards of opened) await closeAll(guards)
  return inMicroseconds(times)
}
