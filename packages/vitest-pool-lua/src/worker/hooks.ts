/**
 * Puts a watch around every hook of a file: the journal knows which one runs, and the clock when it began.
 *
 * The arrays that Vitest goes through are changed in place, after the file has been collected. What `beforeAll` and
 * `beforeEach` return is called by Vitest in the place of an `afterAll` or `afterEach`, and watched as such.
 * https://github.com/vitest-dev/vitest/blob/v5.1.1/packages/vitest/src/runtime/runner/run.ts
 */
import type { HookName } from '../protocol/journal.ts'
import { fullName, isFile } from './tasks.ts'
import type { SuiteTask, Task, TestTask } from './tasks.ts'

type Hook = (...args: unknown[]) => unknown

/** Of one suite, by name: the arrays that Vitest itself goes through. None where it could not be collected. */
export type HooksOf = (suite: SuiteTask) => Partial<Record<string, Hook[]>> | undefined

export interface HookCall {
  readonly hook: HookName
  readonly suite: SuiteTask
  readonly test: TestTask | null
}

/** Calls the hook, and knows when it is over. */
export type WatchHook = <T>(call: HookCall, run: () => T) => T

const HOOKS: readonly HookName[] = [
  'beforeAll',
  'afterAll',
  'beforeEach',
  'afterEach',
  'aroundAll',
  'aroundEach',
]
const CLEANUPS: Partial<Record<HookName, HookName>> = { beforeAll: 'afterAll', beforeEach: 'afterEach' }

export function watchHooks(suite: SuiteTask, hooksOf: HooksOf, watch: WatchHook): void {
  const hooks = hooksOf(suite)
  for (const name of HOOKS) {
    const list = hooks?.[name]
    list?.forEach((hook, index) => (list[index] = watched(hook, { hook: name, suite }, watch)))
  }
  for (const task of suite.tasks) {
    if (isSuite(task)) watchHooks(task, hooksOf, watch)
  }
}

function watched(hook: Hook, { hook: name, suite }: Omit<HookCall, 'test'>, watch: WatchHook): Hook {
  const cleanup = CLEANUPS[name]
  const around = (...args: unknown[]): unknown => {
    const test = testAmong(args)
    const result = watch({ hook: name, suite, test }, () => hook(...args))
    return cleanup === undefined ? result : watchCleanup(result, { hook: cleanup, suite, test }, watch)
  }
  // Vitest reads its own properties from the function that it finds.
  return Object.defineProperties(around, Object.getOwnPropertyDescriptors(hook))
}

function watchCleanup(result: unknown, call: HookCall, watch: WatchHook): unknown {
  if (result instanceof Promise) return result.then(settled => watchCleanup(settled, call, watch))
  if (typeof result !== 'function') return result
  const clean = result as Hook
  return (...args: unknown[]) => watch(call, () => clean(...args))
}

/** The hooks of tests are given the test's context. */
function testAmong(args: readonly unknown[]): TestTask | null {
  for (const arg of args) {
    const task = (arg as { task?: TestTask } | null | undefined)?.task
    if (typeof task === 'object') return task
  }
  return null
}

function isSuite(task: SuiteTask['tasks'][number]): task is SuiteTask['tasks'][number] & SuiteTask {
  return task.type === 'suite'
}

export function suiteName(suite: Task): string {
  return isFile(suite) ? '' : fullName(suite)
}
