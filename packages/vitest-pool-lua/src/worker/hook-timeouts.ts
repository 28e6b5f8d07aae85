/**
 * Lets the clock know of the timeouts that `beforeAll` and `beforeEach` were
 * given: a long set-up in Lua is not ended by the limit of shorter hooks.
 *
 * Vitest leaves the timeout on the functions of these two; of `afterAll` and
 * `afterEach` it does not, so that for them `hookTimeout` stands.
 * https://github.com/vitest-dev/vitest/blob/v5.1.1/packages/vitest/src/runtime/runner/hooks.ts
 */
import type { TestClock } from '../guards/current-test.ts'
import type { SuiteTask } from './tasks.ts'

type Hook = (...args: unknown[]) => unknown

/** Of one suite, by name: the arrays that Vitest itself goes through. None where it could not be collected. */
export type HooksOf = (suite: SuiteTask) => Partial<Record<string, Hook[]>> | undefined

const TIMEOUT = Symbol.for('VITEST_CLEANUP_TIMEOUT')

export function tellHookTimeouts(suite: SuiteTask, hooksOf: HooksOf, clock: TestClock): void {
  const hooks = hooksOf(suite)
  for (const list of [hooks?.beforeAll, hooks?.beforeEach]) {
    list?.forEach((hook, index) => (list[index] = toldHook(hook, clock)))
  }
  for (const task of suite.tasks) {
    if (isSuite(task)) tellHookTimeouts(task, hooksOf, clock)
  }
}

function toldHook(hook: Hook, clock: TestClock): Hook {
  const timeout: unknown = Reflect.get(hook, TIMEOUT)
  if (typeof timeout !== 'number') return hook
  const told = (...args: unknown[]): unknown => clock.withinHook(timeout, () => hook(...args))
  // Vitest reads its own properties from the function that it finds.
  return Object.defineProperties(told, Object.getOwnPropertyDescriptors(hook))
}

function isSuite(task: SuiteTask['tasks'][number]): task is SuiteTask['tasks'][number] & SuiteTask {
  return task.type === 'suite'
}
