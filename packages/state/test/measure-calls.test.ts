import { expect, test } from 'vitest'
import { measureCalls } from '../src/index.ts'
import { thrownBy } from './fresh-state.ts'

test('measureCalls calls as often as it is told and gives ms in order', () => {
  let calls = 0
  const times = measureCalls(() => calls++, { calls: 50, warmup: 5 })
  expect(calls).toBe(55)
  expect(times.first).toBeGreaterThanOrEqual(0)
  expect(times.p99).toBeGreaterThanOrEqual(times.p95)
  measureCalls(() => calls++)
  expect(calls).toBe(1055)
})

test('measureCalls refuses a number of calls that is none', () => {
  for (const options of [{ calls: 0 }, { calls: 1.5 }, { warmup: -1 }]) {
    expect(thrownBy(() => measureCalls(() => 0, options))).toMatchObject({ code: 'LUA_STATE_OPTION_INVALID' })
  }
})
