import { describe, expect, test } from 'vitest'
import { monotonic } from '../../src/pool/monotonic.ts'
import { runningClock } from '../../src/running-clock.ts'

/** Time passes for certain: nothing else runs here meanwhile. */
function pass(ms: number): void {
  const end = monotonic() + ms
  while (monotonic() < end);
}

/** What the clock says, and what really passed before and after it was asked. */
function elapsed(clock: ReturnType<typeof runningClock>, since: number): { told: number; most: number } {
  const told = clock.elapsed(since)
  return { told, most: monotonic() - since }
}

const NEVER_LATE = 1e9

test('time passes as long as things run', () => {
  const clock = runningClock(NEVER_LATE, monotonic)
  const since = monotonic()
  pass(20)
  clock.tick(false)
  pass(20)
  expect(clock.elapsed(since)).toBeGreaterThanOrEqual(40)
})

describe('no time passes', () => {
  test('before a tick that finds what is watched stopped', () => {
    const clock = runningClock(NEVER_LATE, monotonic)
    const since = monotonic()
    pass(50)
    clock.tick(true)
    const { told, most } = elapsed(clock, since)
    expect(told).toBeGreaterThanOrEqual(0)
    expect(told).toBeLessThanOrEqual(most - 50)
  })

  test('before a tick that comes much too late: this process stood still', () => {
    const clock = runningClock(30, monotonic)
    const since = monotonic()
    pass(50)
    clock.tick(false)
    const { told, most } = elapsed(clock, since)
    expect(told).toBeLessThanOrEqual(most - 50)
  })

  test('in several pauses together', () => {
    const clock = runningClock(NEVER_LATE, monotonic)
    const since = monotonic()
    pass(20)
    clock.tick(true)
    pass(20)
    clock.tick(false)
    pass(20)
    clock.tick(true)
    const { told, most } = elapsed(clock, since)
    expect(told).toBeGreaterThanOrEqual(20)
    expect(told).toBeLessThanOrEqual(most - 40)
  })
})

test('what began in a pause has only the rest of it taken away', () => {
  const clock = runningClock(NEVER_LATE, monotonic)
  pass(30)
  const since = monotonic()
  pass(20)
  clock.tick(true)
  expect(clock.elapsed(since)).toBeGreaterThanOrEqual(0)
})

test('a pause that was over before counts for nobody', () => {
  const clock = runningClock(NEVER_LATE, monotonic)
  pass(30)
  clock.tick(true)
  const since = monotonic()
  pass(20)
  expect(clock.elapsed(since)).toBeGreaterThanOrEqual(20)
})
