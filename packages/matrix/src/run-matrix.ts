/** Runs cells on beds, tells of each as it comes, and sums up. */
import type { MadeBed } from '@vitest-pool-lua/beds'
import { titleOf } from './cell.ts'
import type { Cell } from './cell.ts'
import { gridOf } from './grid.ts'
import { openKeptRuns } from './kept-runs.ts'
import type { Said } from './markdown.ts'
import { measurePool, measureStock } from './measure.ts'
import type { JudgedRun } from './measure.ts'
import type { Options } from './options.ts'
import { sentenceOf } from './sentence.ts'
import { variedIn } from './varied.ts'

export interface MatrixOutcome {
  readonly said: readonly Said[]
  /** Each a sentence that names release and cell. */
  readonly problems: readonly string[]
}

export async function runMatrix(
  beds: readonly MadeBed[],
  cells: readonly Cell[],
  options: Options,
): Promise<MatrixOutcome> {
  const all: MatrixOutcome[] = []
  for (const bed of beds) all.push(await runOnBed(bed, cells, options))
  return { said: all.flatMap(({ said }) => said), problems: all.flatMap(({ problems }) => problems) }
}

async function runOnBed(bed: MadeBed, cells: readonly Cell[], options: Options): Promise<MatrixOutcome> {
  const stock = options.stock ? await stockOf(bed, cells) : undefined
  const runs = await repeatedly(bed, cells, options)
  const judged = runs.flatMap(run => run.cells)
  console.log(`\nVitest ${bed.vitest}\n${gridOf(judged)}`)
  for (const line of variedIn(judged)) console.log(line)
  const words = new Map(judged.map(one => [one.cell, one.words]))
  return {
    said: cells.map(cell => ({
      cell,
      vitest: bed.vitest,
      stock: stock?.get(cell) ?? null,
      pool: words.get(cell) ?? '',
    })),
    problems: runs.flatMap(run => problemsOf(run, bed.vitest)),
  }
}

async function repeatedly(
  bed: MadeBed,
  cells: readonly Cell[],
  { repeat, alone }: Options,
): Promise<JudgedRun[]> {
  const runs: JudgedRun[] = []
  for (let repetition = 1; repetition <= repeat; repetition++) {
    console.log(`\nVitest ${bed.vitest}, this pool${repeat > 1 ? `, ${repetition} of ${repeat}` : ''}`)
    runs.push(...(await measurePool({ bed: bed.folder, cells, alone, told: tell })))
  }
  return runs
}

async function stockOf(bed: MadeBed, cells: readonly Cell[]): Promise<ReadonlyMap<Cell, string>> {
  console.log(`\nVitest ${bed.vitest}, its own forks`)
  const kept = openKeptRuns(bed.vitest)
  const words = await measureStock({ bed: bed.folder, cells, kept, told: tellStock })
  return new Map(cells.map((cell, index) => [cell, words[index] ?? '']))
}

function tellStock(cell: Cell, words: string): void {
  console.log(`  ${titleOf(cell)}: ${words}`)
}

function tell({ cells, problems, ms, output }: JudgedRun): void {
  console.log(`  ${(ms / 1000).toFixed(1)} s`)
  for (const { cell, problems: ofCell } of cells) {
    console.log(`    ${ofCell.length === 0 ? '✓' : '✗'} ${sentenceOf(cell)}`)
    for (const problem of ofCell) console.log(`        ${problem}`)
  }
  for (const problem of problems) console.log(`    ✗ of the run: ${problem}`)
  if (problems.some(problem => problem.startsWith('exit code'))) console.log(output)
}

function problemsOf(run: JudgedRun, vitest: string): readonly string[] {
  const ofRun = run.problems.map(
    problem => `Vitest ${vitest}, a run of ${run.cells.length} cells: ${problem}`,
  )
  const ofCells = run.cells.flatMap(({ cell, problems }) =>
    problems.map(problem => `Vitest ${vitest}, ${titleOf(cell)}: ${problem}`),
  )
  return [...ofRun, ...ofCells]
}
