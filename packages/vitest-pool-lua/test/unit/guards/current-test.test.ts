import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createTestClock } from '../../../src/guards/current-test.ts'
import { currentTest } from '../samples.ts'

const adds = currentTest('adds')
const divides = currentTest('divides')

test('inside of its function a test is the one that runs', () => {
  const clock = createTestClock(1_000)
  expect(clock.within(adds, () => clock.now())).toBe(adds)
})

test('what a test starts belongs to it, also when it goes on later', async () => {
  const clock = createTestClock(1_000)
  const later = clock.within(adds, async () => {
    await sleep(1)
    return clock.now()
  })
  expect(clock.now()).toBeNull()
  expect(await later).toBe(adds)
})

test('concurrent tests are told apart', async () => {
  const clock = createTestClock(1_000)
  const turn = Promise.withResolvers<void>()
  clock.open(adds)
  clock.open(divides)
  const first = clock.within(adds, async () => {
    await turn.promise
    return clock.now()
  })
  const second = clock.within(divides, async () => {
    turn.resolve()
    await turn.promise
    return clock.now()
  })
  expect(await Promise.all([first, second])).toEqual([adds, divides])
})

test('in a hook, the one test whose attempt is open is the one that runs', () => {
  const clock = createTestClock(1_000)
  clock.open(adds)
  expect(clock.now()).toBe(adds)
  clock.close(adds)
  expect(clock.now()).toBeNull()
})

test('in a hook with several tests open nobody can say which one runs', () => {
  const clock = createTestClock(1_000)
  clock.open(adds)
  clock.open(divides)
  expect(clock.now()).toBeNull()
  clock.close(adds)
  expect(clock.now()).toBe(divides)
})

test('it counts the tests that are open', () => {
  const clock = createTestClock(1_000)
  expect(clock.running()).toBe(0)
  clock.open(adds)
  clock.open(divides)
  expect(clock.running()).toBe(2)
  clock.close(adds)
  clock.close(divides)
  expect(clock.running()).toBe(0)
})

test('a test that is retried is still one test', () => {
  const clock = createTestClock(1_000)
  clock.open(adds)
  clock.open(adds)
  expect(clock.running()).toBe(1)
})

test('a result, a throw and a rejection of the test pass through', async () => {
  const clock = createTestClock(1_000)
  const failure = new Error('it failed')
  expect(clock.within(adds, () => 5)).toBe(5)
  expect(() =>
    clock.within(adds, () => {
      throw failure
    }),
  ).toThrow(failure)
  await expect(clock.within(adds, () => Promise.reject(failure))).rejects.toBe(failure)
  expect(clock.now()).toBeNull()
})

describe('the time that is left', () => {
  test('counts from where the function of the test begins', async () => {
    const clock = createTestClock(1_000)
    clock.open(adds)
    await sleep(20)
    const left = clock.within(adds, () => clock.left())
    expect(left).toBeGreaterThan(4_985)
    expect(left).toBeLessThanOrEqual(5_000)
  })

  test('shrinks while the test runs', async () => {
    const clock = createTestClock(1_000)
    const left = await clock.within(adds, async () => {
      await sleep(30)
      return clock.left()
    })
    expect(left).toBeLessThan(4_975)
  })

  test('is below zero where the test is over its timeout', async () => {
    const clock = createTestClock(1_000)
    const left = await clock.within(currentTest('hurries', 5), async () => {
      await sleep(20)
      return clock.left()
    })
    expect(left).toBeLessThan(0)
  })

  test.each([0, Number.POSITIVE_INFINITY])('is without limit where the timeout is %s', timeout => {
    const clock = createTestClock(1_000)
    expect(clock.within(currentTest('endures', timeout), () => clock.left())).toBeUndefined()
  })

  test("outside of a test's function is that of a hook", () => {
    const clock = createTestClock(1_000)
    expect(clock.left()).toBe(1_000)
    clock.open(adds)
    expect(clock.left()).toBe(1_000)
  })

  test.each([0, Number.POSITIVE_INFINITY])('has no limit in hooks whose timeout is %s', hookTimeout => {
    expect(createTestClock(hookTimeout).left()).toBeUndefined()
  })

  test('in a hook is none until the hook has a limit, and counts from where the hook began', async () => {
    const clock = createTestClock(1_000)
    clock.open(adds)
    await clock.withinHook(async () => {
      expect(clock.left()).toBeUndefined()
      await sleep(20)
      clock.limit(300)
      expect(clock.left()).toBeLessThanOrEqual(285)
    })
    expect(clock.left()).toBe(1_000)
  })

  test('is that of the limit which a function was given, also for what it started', async () => {
    const clock = createTestClock(1_000)
    const left = await clock.within(adds, async () => {
      clock.limit(200)
      await sleep(1)
      return clock.left()
    })
    expect(left).toBeLessThanOrEqual(200)
  })

  test('of one hook is nothing to another', () => {
    const clock = createTestClock(1_000)
    clock.withinHook(() => {
      clock.withinHook(() => clock.limit(300))
      expect(clock.left()).toBeUndefined()
    })
  })

  test('does not change by a limit that nobody was given', () => {
    const clock = createTestClock(1_000)
    clock.limit(5)
    expect(clock.left()).toBe(1_000)
  })
})

test('in a hook the test is nobody by the context, and the one that is open', () => {
  const clock = createTestClock(1_000)
  expect(clock.withinHook(() => clock.now())).toBeNull()
  clock.open(adds)
  expect(clock.withinHook(() => clock.now())).toBe(adds)
  clock.open(divides)
  expect(clock.withinHook(() => clock.now())).toBeNull()
})
