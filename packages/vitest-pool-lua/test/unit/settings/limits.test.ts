import { totalmem } from 'node:os'
import { expect, test } from 'vitest'
import { resolveSettings } from '../../../src/settings/resolve-settings.ts'
import { problemsOf } from './problems-of.ts'

test.each([
  [0, 0],
  [1.5, 1.5],
  [Number.POSITIVE_INFINITY, null],
])('a grace of %s is one of %s, because it comes on top of a timeout', (grace, arrives) => {
  expect(resolveSettings({ limits: { grace } }, '/project').grace).toBe(arrives)
})

test.each([
  [0, null],
  [1, 1],
  [Number.POSITIVE_INFINITY, null],
])('collecting within %s ms has the limit %s, because 0 is none in all timeouts', (collect, arrives) => {
  expect(resolveSettings({ limits: { collect } }, '/project').collectLimit).toBe(arrives)
})

test.each(['grace', 'collect'])('limits.%s is a duration or Infinity', name => {
  for (const [given, shown] of [
    [-1, '-1'],
    [Number.NaN, 'NaN'],
    ['2s', '"2s"'],
    [null, 'null'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
  ] as const) {
    expect(problemsOf({ limits: { [name]: given } })).toEqual([
      `limits.${name}: got ${shown}, allowed is a number of milliseconds, 0 or more, or Infinity`,
    ])
  }
})

test('no limit is still none after the journey to the worker', () => {
  const settings = resolveSettings({ limits: { grace: Infinity, collect: Infinity } }, '/project')
  expect(JSON.parse(JSON.stringify(settings))).toEqual(settings)
})

test("a worker's memory is a size, as that of a state is", () => {
  const limits = { workerMemory: '50%' }
  expect(resolveSettings({ limits }, '/project').workerMemory).toBe(Math.floor(totalmem() / 2))
  expect(problemsOf({ limits: { workerMemory: 0 } })).toEqual([
    "limits.workerMemory: got 0, allowed is a size such as '256MB', '10%' of the machine's memory, or a number of bytes",
  ])
})

test("a worker's memory needs no runtime that has a limit on a state's", () => {
  const options = { runtime: 'fengari', limits: { workerMemory: '1GB' } }
  expect(resolveSettings(options, '/project').workerMemory).toBe(1_000_000_000)
})

test.each([0, 1, 100])('a file may have %i fresh workers', maxWorkerRestarts => {
  expect(resolveSettings({ maxWorkerRestarts }, '/project').maxWorkerRestarts).toBe(maxWorkerRestarts)
})

test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, '4', null])(
  'maxWorkerRestarts cannot be %s',
  maxWorkerRestarts => {
    const given = typeof maxWorkerRestarts === 'string' ? '"4"' : String(maxWorkerRestarts)
    expect(problemsOf({ maxWorkerRestarts })).toEqual([
      `maxWorkerRestarts: got ${given}, allowed is a whole number, 0 or more`,
    ])
  },
)
