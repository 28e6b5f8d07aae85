/**
 * The one door to Vitest inside a worker.
 *
 * Vitest is taken from the folder that the main process runs from
 * (`PoolOptions.distPath`), never resolved from here: a second instance in one
 * process breaks every test.
 * https://github.com/vitest-dev/vitest/blob/v5.1.1/packages/vitest/src/public/worker.ts
 */
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import type { Runner, VitestLookups } from './runner.ts'
import { PoolError } from '../errors.ts'
import type { Resume } from '../protocol/resume.ts'
import type { Collector } from './sequential-suites.ts'

/** What `init` hands to a worker's methods; only `config` is looked at. */
export interface WorkerState {
  readonly config: WorkerConfig
  /** What the main process asked for; `lua` where it is this pool's own. */
  readonly ctx: { readonly lua?: Resume }
  readonly evaluatedModules: { readonly fileToModulesMap: ReadonlyMap<string, unknown> }
}

export interface WorkerConfig {
  readonly hookTimeout: number
  readonly disableConsoleIntercept?: boolean
  /** 'test', or 'benchmark' in Vitest 4.1. */
  readonly mode?: string
  /** Path of the module whose default export is the runner's class; undefined for Vitest's own. */
  runner?: string | undefined
}

export interface ModuleRunner {
  import(path: string): Promise<Record<string, unknown>>
}

export interface WorkerOptions {
  post(message: unknown): void
  on(listener: (message: unknown) => void): void
  off(listener: (message: unknown) => void): void
  teardown(): void
  onModuleRunner(moduleRunner: ModuleRunner): void
  runTests(state: WorkerState, traces: unknown): Promise<void>
  collectTests(state: WorkerState, traces: unknown): Promise<void>
  setup(context: unknown): Promise<() => Promise<unknown>>
}

export type RunnerClass = new (config: WorkerConfig) => Runner

export interface Upstream extends VitestLookups {
  init(options: WorkerOptions): void
  runBaseTests(method: 'run' | 'collect', state: WorkerState, traces: unknown): Promise<void>
  setupEnvironment(context: unknown): Promise<() => Promise<unknown>>
  /** The runner that Vitest would take by itself. */
  runnerFor(config: WorkerConfig): RunnerClass
  /** A test may have left fake timers: nobody's dispose would end by them. */
  useRealTimers(): void
}

type TestRunnerClass = RunnerClass & {
  getTestFn: VitestLookups['ownFunction']
  getSuiteHooks: VitestLookups['hooksOf']
  getCurrentSuite(): { readonly tasks: readonly Collector[] }
}

/** @throws PoolError `LUA_POOL_VITEST_CHANGED` */
export async function loadUpstream(distPath: string): Promise<Upstream> {
  const [worker, index] = await Promise.all([load(distPath, 'worker.js'), load(distPath, 'index.js')])
  const found = {
    init: worker.init,
    runBaseTests: worker.runBaseTests,
    setupEnvironment: worker.setupEnvironment,
    TestRunner: index.TestRunner,
  }
  const missing = Object.entries(found).filter(([, value]) => typeof value !== 'function')
  if (missing.length > 0)
    throw changed(
      distPath,
      missing.map(([name]) => name),
    )
  const { TestRunner, ...functions } = found as Omit<Upstream, 'runnerFor' | keyof VitestLookups> & {
    TestRunner: TestRunnerClass
  }
  const BenchmarkRunner = index.BenchmarkRunner as RunnerClass | undefined
  return {
    ...functions,
    // Vitest 4.1 has a runner of its own for `vitest bench`, 5 has not.
    runnerFor: ({ mode }) => (mode === 'benchmark' ? (BenchmarkRunner ?? TestRunner) : TestRunner),
    ownFunction: test => TestRunner.getTestFn(test),
    hooksOf: suite => TestRunner.getSuiteHooks(suite),
    collectors: () => TestRunner.getCurrentSuite().tasks,
    useRealTimers: () => void (index.vi as { useRealTimers(): unknown }).useRealTimers(),
  }
}

function load(distPath: string, file: string): Promise<Record<string, unknown>> {
  return import(pathToFileURL(join(distPath, file)).href) as Promise<Record<string, unknown>>
}

function changed(distPath: string, missing: readonly string[]): PoolError {
  return new PoolError(
    'LUA_POOL_VITEST_CHANGED',
    `The Vitest in ${distPath} has no ${missing.join(', ')}. vitest-pool-lua works with Vitest ^4.1 and ^5: install one of them (npm install --save-dev vitest@5).`,
  )
}
