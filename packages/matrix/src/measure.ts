/** Runs cells on a bed and judges what came of them. */
import { atOnce } from './at-once.ts'
import { batchesOf } from './batches.ts'
import type { Cell } from './cell.ts'
import type { KeptRuns } from './kept-runs.ts'
import type { RunOutcome } from './outcome.ts'
import { errorsOf, problemsOfCell, problemsOfRun } from './problems.ts'
import { filesOf } from './project.ts'
import { runProject } from './run-project.ts'
import { wordsOfFile, wordsOfRun } from './words.ts'

export interface Judged {
  readonly cell: Cell
  readonly problems: readonly string[]
  /** What came of it. */
  readonly words: string
  /** What came of its file. */
  readonly ofFile: string
}

/** One run of the CLI. */
export interface JudgedRun {
  readonly cells: readonly Judged[]
  /** What concerns the whole run. */
  readonly problems: readonly string[]
  readonly ms: number
  /** What it printed, if there is a problem. */
  readonly output: string
}

export interface PoolMeasurement {
  /** The folder of the bed. */
  readonly bed: string
  readonly cells: readonly Cell[]
  readonly alone: boolean
  readonly told: (run: JudgedRun) => void
}

const BATCH = 16
/** ms for a run, and for each of its cells: ten times what they take on two busy cores. It tells 'ends' from 'hangs'. */
const RUN_LIMIT = 60_000
const CELL_LIMIT = 10_000

export async function measurePool({
  bed,
  cells,
  alone,
  told,
}: PoolMeasurement): Promise<readonly JudgedRun[]> {
  return atOnce(batchesOf(cells, alone ? 1 : BATCH), alone ? 2 : 1, async batch => {
    const run = judge(batch, await runOnPool(bed, batch))
    told(run)
    return run
  })
}

function runOnPool(bed: string, cells: readonly Cell[]): Promise<RunOutcome> {
  const limit = RUN_LIMIT + cells.length * CELL_LIMIT
  return runProject({ bed, pool: 'lua', files: filesOf(cells), limit })
}

function judge(cells: readonly Cell[], run: RunOutcome): JudgedRun {
  return {
    cells: cells.map(cell => ({
      cell,
      problems: problemsOfCell(cell, run),
      words: wordsOfRun(cell, run, errorsOf(cell, run)),
      ofFile: wordsOfFile(cell, run),
    })),
    problems: problemsOfRun(cells, run),
    ms: run.ms,
    output: run.output,
  }
}

/** Most of the time nothing happens in a run of stock Vitest: it waits, or a worker loops. */
const STOCK_AT_ONCE = 4

export interface StockMeasurement {
  /** The folder of the bed. */
  readonly bed: string
  readonly cells: readonly Cell[]
  readonly kept: KeptRuns
  readonly told: (cell: Cell, words: string) => void
}

/** What Vitest's own forks make of each cell, in words. */
export async function measureStock({ bed, cells, kept, told }: StockMeasurement): Promise<readonly string[]> {
  return atOnce(cells, STOCK_AT_ONCE, async cell => {
    const run = kept.get(cell) ?? (await runOnStock(bed, cell))
    kept.set(cell, run)
    const words = wordsOfRun(cell, run, run.status === 'hung' ? [] : run.unhandled)
    told(cell, words)
    return words
  })
}

function runOnStock(bed: string, cell: Cell): Promise<RunOutcome> {
  return runProject({ bed, pool: 'stock', files: filesOf([cell]), limit: stockLimit(cell) })
}

/** An endless loop before the file's end is never ended; for a worker that does not stop Vitest waits 60 s. */
function stockLimit({ death, moment }: Cell): number {
  const { phase } = moment.where
  return death.manner === 'blocks' && phase !== 'after' && phase !== 'ending' ? 20_000 : 180_000
}
