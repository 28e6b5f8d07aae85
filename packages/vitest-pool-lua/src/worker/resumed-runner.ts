/**
 * A test runner that goes on with a file whose earlier worker died: tests that have their result are passed over, and
 * what runs now says so.
 *
 * What has ended is marked as skipped, so that Vitest neither runs it nor calls its snapshots obsolete; the main
 * process keeps back what is told of it a second time.
 */
import { ranInFreshWorker } from '../protocol/resume.ts'
import type { Resume } from '../protocol/resume.ts'
import { withTestMeta } from '../protocol/test-meta.ts'
import type { HooksOf } from './hooks.ts'
import { methodsOf } from './runner.ts'
import type { Runner } from './runner.ts'
import { addSnapshots } from './snapshots.ts'
import { isFile, isTest, isToRun, suitesIn, testsOf } from './tasks.ts'
import type { FileTask, Retry, SuiteTask, Task, TaskError, TaskResult, TestTask } from './tasks.ts'

export function goOn(runner: Runner, resume: Resume, hooksOf: HooksOf): Runner {
  const original = methodsOf(runner)
  return Object.assign(runner, {
    async onCollected(files: readonly FileTask[]) {
      await original.onCollected?.(files)
      for (const file of files) {
        mustBeTheSame(file, resume)
        const isAnyOpen = passOver(file, resume)
        // It only has to end, for its snapshots to be written: the file's hooks have run, and there is nothing between.
        if (!isAnyOpen) for (const hooks of Object.values(hooksOf(file) ?? {})) hooks?.splice(0)
      }
    },
    async onBeforeRunSuite(suite: Task) {
      await original.onBeforeRunSuite?.(suite)
      if (isFile(suite)) addSnapshots(runner, suite, resume.snapshots)
    },
    async onBeforeRunTask(test: TestTask) {
      await original.onBeforeRunTask?.(test)
      if (!isToRun(test)) return
      test.meta = withTestMeta(test.meta, { resumed: true })
      const errors = resume.attempts[test.id]
      if (errors !== undefined) tryAgain(test, errors)
    },
    async onAfterRunTask(test: TestTask) {
      if (test.result !== undefined) withEarlierAttempts(test.result, resume.attempts[test.id] ?? [], resume)
      await original.onAfterRunTask?.(test)
    },
    async onAfterRunSuite(suite: Task) {
      if (suite.result !== undefined && !isTest(suite)) addEarlier(suite as SuiteTask, suite.result, resume)
      await original.onAfterRunSuite?.(suite)
    },
  })
}

/**
 * Results belong to tests by their place in the file: where others are collected the second time, they would go astray.
 * Names that are made anew each time (of a time, or at random) are no other tests.
 */
function mustBeTheSame(file: FileTask, { tests }: Resume): void {
  const [failure] = file.result?.errors ?? []
  if (failure !== undefined) throw new Error(`the fresh worker could not import it again: ${failure.message}`)
  const names = new Set(tests.map(([, name]) => name))
  const now = testsOf(file)
  const other = now.find(
    ({ id, name }, index) => id !== tests[index]?.[0] || (name !== tests[index]?.[1] && names.has(name)),
  )
  if (other === undefined && now.length === tests.length) return
  const found =
    other === undefined
      ? `${now.length} tests in place of ${tests.length}`
      : `"${other.name}" in another place`
  throw new Error(`the fresh worker collected it otherwise than the first one: ${found}`)
}

/** Says whether anything is left to run. */
function passOver(file: FileTask, { finished }: Resume): boolean {
  const open = new Set<Task>()
  for (const test of testsOf(file)) {
    const state = finished[test.id]
    if (state === undefined) {
      if (isToRun(test)) open.add(test)
    } else {
      test.mode = 'skip'
      test.result = { state }
    }
  }
  for (const suite of suitesIn(file)) {
    if (isToRun(suite) && !testsOf(suite).some(test => open.has(test))) suite.mode = 'skip'
  }
  return open.size > 0
}

/** The attempts that killed their workers count; whether there is another may hang on what their error says. */
function tryAgain(test: TestTask, errors: readonly TaskError[]): void {
  const last = errors.at(-1)
  if (last !== undefined && !allows(test.retry, last)) {
    test.mode = 'skip'
    test.result = { state: 'fail', errors: [...errors], retryCount: errors.length - 1 }
    return
  }
  const { retry } = test
  test.retry =
    typeof retry === 'object'
      ? { ...retry, count: (retry.count ?? 0) - errors.length }
      : (retry ?? 0) - errors.length
}

function allows(retry: Retry | undefined, error: TaskError): boolean {
  const condition = typeof retry === 'object' ? retry.condition : undefined
  if (condition instanceof RegExp) return condition.test(error.message)
  return typeof condition === 'function' ? Boolean(condition(error)) : true
}

function withEarlierAttempts(result: TaskResult, earlier: readonly TaskError[], { after }: Resume): void {
  if (result.state === 'fail') {
    for (const error of result.errors ?? []) addToMessage(error, ranInFreshWorker(after))
  }
  if (earlier.length === 0) return
  result.errors = [...earlier, ...(result.errors ?? [])]
  result.retryCount = (result.retryCount ?? 0) + earlier.length
}

function addToMessage(error: TaskError, more: string): void {
  const message = `${error.message}\n${more}`
  if (error.stack.includes(error.message)) error.stack = error.stack.replace(error.message, () => message)
  error.message = message
}

/** A hook that failed then fails its suites now; a file took the time that it took before, too. */
function addEarlier(suite: SuiteTask, result: TaskResult, { failedSuites, elapsed }: Resume): void {
  if (suitesIn(suite).some(({ id }) => failedSuites.includes(id))) result.state = 'fail'
  if (!isFile(suite)) return
  result.duration = (result.duration ?? 0) + elapsed
  if (result.startTime !== undefined) result.startTime -= elapsed
}
