/**
 * A test runner whose every step stands in the journal before it is taken: wherever the process ends, the journal says
 * which tests and hooks were running, and what had ended how.
 */
import type { TestClock } from '../guards/current-test.ts'
import type { Journal } from './journal.ts'
import { hearFunctionLimits } from './function-limits.ts'
import { suiteName, watchHooks } from './hooks.ts'
import type { HookCall, HooksOf, WatchHook } from './hooks.ts'
import { moduleName } from './module-name.ts'
import { methodsOf } from './runner.ts'
import type { Runner } from './runner.ts'
import { journalSnapshots } from './snapshots.ts'
import { sequentialSuites } from './sequential-suites.ts'
import type { Collector } from './sequential-suites.ts'
import { currentTest, isFile, isToRun } from './tasks.ts'
import type { FileTask, Task, TaskResult, TestTask } from './tasks.ts'

export interface JournalingOptions {
  readonly journal: Journal
  readonly clock: TestClock
  /** Of the run, to which modules are named. */
  readonly root: string
  readonly hooksOf: HooksOf
  /** Of the file that is being collected, at its top. */
  readonly collectors: () => readonly Collector[]
  /** Settles when what was posted so far has left this process. */
  readonly flushed: () => Promise<void>
}

export function journal(runner: Runner, options: JournalingOptions): Runner {
  const { journal: lines, hooksOf, collectors, flushed, root } = options
  const original = methodsOf(runner)
  let outermost: readonly Collector[] = []
  const begun = new Set<TestTask>()
  const end = (test: TestTask, state?: string): void => {
    begun.delete(test)
    writeEnd(lines, test, state)
  }
  /** Of a test that a hook around it has skipped Vitest calls nothing: its mode says so before the next step. */
  const endSkipped = (): void => {
    for (const test of begun) if (test.mode === 'skip') end(test, 'skip')
  }
  const watchHook = hookWatch(options, runner)
  const watch: WatchHook = (call, body) => {
    if (call.test === null) endSkipped()
    return watchHook(call, body)
  }

  return Object.assign(runner, {
    async importFile(path: string, source: string) {
      if (source !== 'setup' || outermost.length === 0) lines.write({ type: 'collecting' })
      const module = moduleName(root, path)
      lines.write({ type: 'import-began', module })
      const imported = await original.importFile(path, source)
      lines.write({ type: 'import-ended', module })
      if (source === 'collect') outermost = collectors()
      return imported
    },
    async onCollected(files: readonly FileTask[]) {
      for (const file of files) watchHooks(file, hooksOf, watch)
      await original.onCollected?.(files)
      // The main process must know these tasks before one of them can end this process.
      await flushed()
      lines.write({ type: 'collected', sequential: sequentialSuites(outermost), rss: lines.memory() })
    },
    async onBeforeRunSuite(suite: Task) {
      await original.onBeforeRunSuite?.(suite)
      if (isFile(suite) && isToRun(suite)) journalSnapshots(runner, suite, lines)
    },
    async onBeforeRunTask(test: TestTask) {
      await original.onBeforeRunTask?.(test)
      endSkipped()
      if (!isToRun(test)) return
      begun.add(test)
      lines.write({ type: 'test-began', test: currentTest(test).name, rss: lines.memory() })
    },
    async onBeforeTryTask(test: TestTask, tries: { retry: number; repeats: number }) {
      lines.write({ type: 'attempt-began', test: test.id, retry: tries.retry, repeat: tries.repeats })
      await original.onBeforeTryTask?.(test, tries)
    },
    async runTask(test: TestTask) {
      lines.write({
        type: 'body-began',
        test: test.id,
        timeout: Number.isFinite(test.timeout) ? test.timeout : 0,
      })
      try {
        return await original.runTask?.(test)
      } finally {
        lines.write({ type: 'body-ended', test: test.id })
      }
    },
    async onAfterRetryTask(test: TestTask, tries: unknown) {
      await original.onAfterRetryTask?.(test, tries)
      // A test that skips itself ends here: Vitest calls nothing else for it.
      if (test.result?.pending || test.result?.state === 'skip') end(test, 'skip')
    },
    async onAfterRunTask(test: TestTask) {
      await original.onAfterRunTask?.(test)
      end(test)
      // What it printed has left this process before the next test can end it.
      await flushed()
    },
    async onAfterRunSuite(suite: Task) {
      endSkipped()
      if (isFile(suite)) lines.write({ type: 'closing', rss: lines.memory() })
      await original.onAfterRunSuite?.(suite)
      const result = plain(suite.result)
      if (isFile(suite)) lines.write({ type: 'closed', result, meta: suite.meta })
      else lines.write({ type: 'suite-ended', suite: suite.id, result })
    },
  })
}

function writeEnd({ write, memory }: Journal, { id, result, meta }: TestTask, state?: string): void {
  const ended = plain(result)
  write({
    type: 'test-ended',
    test: id,
    result: state === undefined ? ended : { ...ended, state },
    meta,
    rss: memory(),
  })
}

function hookWatch({ journal: { write }, clock }: JournalingOptions, watched: Runner): WatchHook {
  let runs = 0
  let starting: number | undefined
  hearFunctionLimits(watched, timeout => {
    clock.limit(timeout)
    if (starting !== undefined) write({ type: 'hook-limit', run: starting, timeout })
    starting = undefined
  })
  return (call, body) => {
    const run = (runs += 1)
    write({ type: 'hook-began', run, ...hookEntry(call) })
    starting = run
    const over = (): void => write({ type: 'hook-ended', run })
    try {
      return whenOver(clock.withinHook(body), over)
    } catch (error) {
      over()
      throw error
    } finally {
      starting = undefined
    }
  }
}

function hookEntry({ hook, suite, test }: HookCall) {
  return {
    hook,
    suite: suiteName(suite),
    suiteId: suite.id,
    test: test === null ? null : currentTest(test).name,
  }
}

/** Gives what it was given, as it was. */
function whenOver<T>(result: T, over: () => void): T {
  if (!(result instanceof Promise)) {
    over()
    return result
  }
  return result.finally(over) as T
}

function plain(result: TaskResult | undefined): TaskResult {
  return result ?? { state: 'pass' }
}
