/**
 * What came of each cell on stock Vitest, kept in artifacts/: it takes long to measure, and follows from nothing but
 * the release of Vitest and the fixture.
 *
 *     const kept = openKeptRuns('5.1')
 *     kept.get(cell)         // undefined: not measured yet
 *     kept.set(cell, run)    // written at once
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fileOf } from './cell.ts'
import type { Cell } from './cell.ts'
import type { RunOutcome } from './outcome.ts'
import { FIXTURE } from './project.ts'

export interface KeptRuns {
  get(this: void, cell: Cell): RunOutcome | undefined
  set(this: void, cell: Cell, run: RunOutcome): void
}

const FOLDER = fileURLToPath(new URL('../../../artifacts/matrix', import.meta.url))

export function openKeptRuns(vitest: string): KeptRuns {
  const folder = join(FOLDER, `stock-${vitest}-${fingerprint()}`)
  mkdirSync(folder, { recursive: true })
  const pathOf = (cell: Cell): string => join(folder, `${fileOf(cell)}.json`)
  return {
    get(cell) {
      const path = pathOf(cell)
      return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as RunOutcome) : undefined
    },
    set: (cell, run) => writeFileSync(pathOf(cell), JSON.stringify(run)),
  }
}

/** Of the pool alone. */
const NOT_STOCK = new Set(['state-of-pool.ts', 'vitest.config.ts'])

/** Of the fixture as it stands. */
function fingerprint(): string {
  const hash = createHash('sha256')
  const names = readdirSync(FIXTURE).filter(name => !NOT_STOCK.has(name))
  for (const name of names.toSorted()) hash.update(readFileSync(join(FIXTURE, name)))
  return hash.digest('hex').slice(0, 8)
}
