import { expect, test } from 'vitest'
import { hearFunctionLimits } from '../../../src/worker/function-limits.ts'
import type { Runner } from '../../../src/worker/runner.ts'
import { bareRunner } from './noting-session.ts'

function heard(): { runner: Runner; limits: number[] } {
  const runner = bareRunner()
  const limits: number[] = []
  hearFunctionLimits(runner, timeout => limits.push(timeout))
  return { runner, limits }
}

test('a deadline that Vitest 5 leaves on its runner is heard as ms', () => {
  const { runner, limits } = heard()
  const deadline = { startTime: 1_000, endTime: 1_300 }
  Reflect.set(runner, '_deadline', deadline)
  expect(limits).toEqual([300])
  expect(Reflect.get(runner, '_deadline')).toBe(deadline)
})

test('a timeout that Vitest 4.1 leaves there is heard as it is', () => {
  const { runner, limits } = heard()
  Reflect.set(runner, '_currentTaskTimeout', 250)
  expect(limits).toEqual([250])
  expect(Reflect.get(runner, '_currentTaskTimeout')).toBe(250)
})

test('that there is none any more is not heard, and is true', () => {
  const { runner, limits } = heard()
  Reflect.set(runner, '_currentTaskTimeout', 250)
  Reflect.set(runner, '_currentTaskTimeout', undefined)
  expect(limits).toEqual([250])
  expect(Reflect.get(runner, '_currentTaskTimeout')).toBeUndefined()
})

test('nobody who looks through the runner sees it', () => {
  expect(Object.keys(heard().runner)).toEqual(['importFile'])
})
