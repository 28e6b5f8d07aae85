import { beforeAll, describe, expect, test } from 'vitest'
import { bedsOf } from '../src/beds-of.ts'
import { DEATHS } from '../src/deaths.ts'
import { measurePool } from '../src/measure.ts'
import type { JudgedRun } from '../src/measure.ts'
import { MOMENTS } from '../src/moments.ts'
import { sentenceOf } from '../src/sentence.ts'
import { SAMPLE } from './sample.ts'

test('the sample has every death, and every moment on every Vitest', () => {
  const deaths = SAMPLE.flatMap(({ cells }) => cells.map(({ death }) => death))
  expect(new Set(deaths)).toEqual(new Set(DEATHS))
  for (const { cells } of SAMPLE) expect(new Set(cells.map(({ moment }) => moment))).toEqual(new Set(MOMENTS))
})

describe.each(SAMPLE)('on Vitest $vitest', ({ vitest, cells }) => {
  let runs: readonly JudgedRun[] = []

  beforeAll(async () => {
    const [bed] = await bedsOf([vitest])
    runs = await measurePool({ bed: bed?.folder ?? '', cells, alone: false, told: () => {} })
  })

  test.each(cells.map(cell => ({ sentence: sentenceOf(cell), cell })))('$sentence', ({ cell }) => {
    const judged = runs.flatMap(run => run.cells).find(one => one.cell === cell)
    expect(judged?.problems).toEqual([])
  })

  test('each run ends with its exit code, the files beside those that die pass, and nothing is left running', () => {
    expect(runs.length).toBeGreaterThan(0)
    for (const { problems, output } of runs) expect(problems, output).toEqual([])
  })
})
