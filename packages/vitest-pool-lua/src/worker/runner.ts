/**
 * Puts the file's isolation around a test runner, Vitest's own or the user's.
 *
 * Hooks of the runner rather than beforeEach and afterEach: they come before
 * and after all of the user's hooks, whatever `sequence.hooks` says, and also
 * where a test is retried or skips itself.
 * https://github.com/vitest-dev/vitest/blob/v5.1.1/packages/vitest/src/runtime/runner/run.ts
 */
import type { CurrentTest, TestClock } from '../guards/current-test.ts'
import type { HooksOf } from './hooks.ts'
import { lateFailures } from './late-failures.ts'
import type { LateFailures } from './late-failures.ts'
import type { Collector } from './sequential-suites.ts'
import { currentTest, isFile } from './tasks.ts'
import type { FileTask, Task, TestTask } from './tasks.ts'

/** The methods of Vitest's runner that are wrapped here. */
export interface Runner {
  importFile(path: string, source: string): unknown
  onCollected?(files: readonly FileTask[]): unknown
  onBeforeRunTask?(test: TestTask): unknown
  onBeforeTryTask?(test: TestTask, options: unknown): unknown
  runTask?(test: TestTask): unknown
  onAfterRetryTask?(test: TestTask, options: unknown): unknown
  onAfterRunTask?(test: TestTask): unknown
  onBeforeRunSuite?(suite: Task): unknown
  onAfterRunSuite?(suite: Task): unknown
  onTaskUpdate?(packs: readonly unknown[], events: readonly unknown[]): unknown
}

/** What the runner tells of a file as it goes. */
export interface FileSession {
  readonly clock: TestClock
  /** Before the first import: opens the guards. Once; later calls give the same promise. */
  open(failures: LateFailures): Promise<void>
  collected(): void
  beforeTest(): void
  /** Settles when nothing is being done any more that can fail the test. */
  quiet(): Promise<void>
  afterTest(test: CurrentTest, alone: boolean): void
  /** After the last hook of the file. Once; later calls do nothing. */
  close(file: FileTask): Promise<void>
}

export function instrument(
  runner: Runner,
  session: FileSession,
  vitest: Pick<VitestLookups, 'ownFunction'>,
): Runner {
  const tests = new WeakMap<TestTask, CurrentTest>()
  const testOf = (task: TestTask): CurrentTest => {
    const test = tests.get(task) ?? currentTest(task)
    tests.set(task, test)
    return test
  }
  const original = methodsOf(runner)
  // Vitest puts its own method here, which sends it to the main process.
  const failures = lateFailures(({ id, result, meta }) => runner.onTaskUpdate?.([[id, result, meta]], []))

  return Object.assign(runner, {
    async importFile(path: string, source: string) {
      await session.open(failures)
      return original.importFile(path, source)
    },
    async onCollected(files: readonly FileTask[]) {
      await original.onCollected?.(files)
      session.collected()
    },
    async onBeforeTryTask(task: TestTask, options: unknown) {
      if (session.clock.running() === 0) session.beforeTest()
      session.clock.open(testOf(task))
      failures.began(task)
      await original.onBeforeTryTask?.(task, options)
    },
    runTask(task: TestTask) {
      const run = original.runTask ?? (test => vitest.ownFunction(test)?.())
      return session.clock.within(testOf(task), () => run(task))
    },
    async onAfterRetryTask(task: TestTask, options: unknown) {
      const test = testOf(task)
      try {
        await original.onAfterRetryTask?.(task, options)
        await session.quiet()
      } finally {
        failures.ended(task)
        session.clock.close(test)
        session.afterTest(test, session.clock.running() === 0)
      }
    },
    async onBeforeRunSuite(suite: Task) {
      await original.onBeforeRunSuite?.(suite)
      if (isFile(suite) && willNotRun(suite)) await session.close(suite)
    },
    async onAfterRunSuite(suite: Task) {
      try {
        await original.onAfterRunSuite?.(suite)
      } finally {
        if (isFile(suite)) await session.close(suite)
      }
    },
  })
}

/** A file that could not be collected, or whose tests are all skipped, is finished without onAfterRunSuite. */
function willNotRun({ mode, result }: FileTask): boolean {
  return result?.state === 'fail' || mode === 'skip' || mode === 'todo'
}

/** What Vitest knows of its tasks beside what stands on them. */
export interface VitestLookups {
  /** The function that a test was given, with fixtures and timeout around it. */
  ownFunction(this: void, test: TestTask): (() => unknown) | undefined
  readonly hooksOf: HooksOf
  /** Of the file that is being collected: what stands at its top. */
  collectors(this: void): readonly Collector[]
}

const METHODS = [
  'importFile',
  'onCollected',
  'onBeforeRunTask',
  'onBeforeTryTask',
  'runTask',
  'onAfterRetryTask',
  'onAfterRunTask',
  'onBeforeRunSuite',
  'onAfterRunSuite',
] as const

/** The runner's own methods, bound to it, as they are before they are wrapped. */
export function methodsOf(runner: Runner): Pick<Runner, (typeof METHODS)[number]> {
  const bound = METHODS.flatMap(name => {
    const method = runner[name]
    return method === undefined ? [] : [[name, method.bind(runner)] as const]
  })
  return Object.fromEntries(bound) as unknown as Runner
}
