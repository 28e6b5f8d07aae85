/**
 * Which test is running, also where several run at once.
 *
 *     const clock = createTestClock(hookTimeout)
 *     clock.within(test, () => runIt())
 *     clock.now()?.name   // inside: this test; between tests: null
 *
 * Inside a test's own function the asynchronous context tells. In hooks it is
 * the one test whose attempt is open; with several open nobody can say.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { now } from './clock.ts'
import type { TestName } from '../protocol/finding.ts'

export interface CurrentTest {
  readonly name: TestName
  /** ms; 0 and Infinity mean none. */
  readonly timeout: number
}

interface Running {
  readonly test: CurrentTest | null
  timeout: number
  readonly startedAt: number
}

export interface TestClock {
  open(test: CurrentTest): void
  close(test: CurrentTest): void
  /** How many tests are between open and close. */
  running(): number
  /** Runs the test's own function: its time counts from here. */
  within<T>(test: CurrentTest, run: () => T): T
  /** Runs a hook: its time counts from here, and it has no limit until `limit` is told of one. */
  withinHook<T>(run: () => T): T
  /** The function that has just begun has this timeout, in ms. */
  limit(timeout: number): void
  now(): CurrentTest | null
  /** ms that the timeout of the running test or hook still allows; undefined where there is none. */
  left(): number | undefined
}

/** @param hookTimeout of what runs outside of tests and hooks */
export function createTestClock(hookTimeout: number): TestClock {
  const context = new AsyncLocalStorage<Running>()
  const open = new Set<CurrentTest>()
  const only = (): CurrentTest | null => (open.size === 1 ? ([...open][0] ?? null) : null)
  const run = <T>(test: CurrentTest | null, timeout: number, work: () => T): T =>
    context.run({ test, timeout, startedAt: now() }, work)
  return {
    open: test => void open.add(test),
    close: test => void open.delete(test),
    running: () => open.size,
    within: (test, work) => run(test, test.timeout, work),
    withinHook: work => run(null, 0, work),
    limit(timeout) {
      const running = context.getStore()
      if (running !== undefined) running.timeout = timeout
    },
    now: () => context.getStore()?.test ?? only(),
    left() {
      const running = context.getStore()
      const timeout = realLimit(running?.timeout ?? hookTimeout)
      if (timeout === undefined || running === undefined) return timeout
      return timeout - (now() - running.startedAt)
    },
  }
}

function realLimit(timeout: number): number | undefined {
  return timeout > 0 && Number.isFinite(timeout) ? timeout : undefined
}
