import { beforeAll, describe, expect, test } from 'vitest'
import { bedsOf } from '@vitest-pool-lua/beds'
import type { MadeBed } from '@vitest-pool-lua/beds'
import type { Cell } from '../src/cell.ts'
import { DEATHS } from '../src/deaths.ts'
import { measurePool } from '../src/measure.ts'
import type { JudgedRun } from '../src/measure.ts'
import { MOMENTS } from '../src/moments.ts'
import { reasonMissing } from '../src/reason-missing.ts'
import { sentenceOf } from '../src/sentence.ts'
import { SAMPLE } from './sample.ts'

test('the sample has every death, and every moment on every Vitest', () => {
  const deaths = SAMPLE.flatMap(({ cells }) => cells.map(({ death }) => death))
  expect(new Set(deaths)).toEqual(new Set(DEATHS))
  for (const { cells } of SAMPLE) expect(new Set(cells.map(({ moment }) => moment))).toEqual(new Set(MOMENTS))
})

describe.each(SAMPLE)('on Vitest $vitest', ({ vitest, cells }) => {
  let reason: string | undefined
  let runs: readonly JudgedRun[] = []

  beforeAll(async () => {
    const [bed] = (await bedsOf([vitest])) as [MadeBed]
    reason = await reasonMissing(bed)
    if (reason === undefined)
      runs = await measurePool({ bed: bed.folder, cells, alone: false, told: () => {} })
  })

  test.for(cells.map(cell => ({ sentence: sentenceOf(cell), cell })))('$sentence', ({ cell }, { skip }) => {
    skip(reason !== undefined, reason)
    expect(problemsOf(cell)).toEqual([])
  })

  test('each run ends with its exit code, the files beside those that die pass, and nothing is left running', ({
    skip,
  }) => {
    skip(reason !== undefined, reason)
    expect(runs.flatMap(run => run.cells.map(({ cell }) => cell))).toHaveLength(cells.length)
    for (const { problems, output } of runs) expect(problems, output).toEqual([])
  })

  function problemsOf(cell: Cell): readonly string[] | undefined {
    return runs.flatMap(run => run.cells).find(judged => judged.cell === cell)?.problems
  }
})
