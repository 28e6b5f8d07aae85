/**
 * One worker's session: it holds what Vitest tells the worker, opens the
 * guards before the file is imported, and closes them after its last hook.
 *
 * Set once when the process boots; a process runs one file.
 */
import { createTestClock } from '../guards/current-test.ts'
import type { OpenLua } from '../guards/lua.ts'
import { replacingBuiltins } from '../guards/replacing-builtins.ts'
import { InvariantError } from '../errors.ts'
import type { Boot } from '../protocol/message.ts'
import { journalLuaFiles } from './lua-files.ts'
import { openGuards } from './open-guards.ts'
import type { FileGuards } from './open-guards.ts'
import { closeFile } from './close-file.ts'
import { journalConsole } from './journaled-console.ts'
import { journal as journaled } from './journaled-runner.ts'
import type { Journal } from './journal.ts'
import { goOn } from './resumed-runner.ts'
import { instrument } from './runner.ts'
import type { FileSession, Runner } from './runner.ts'
import type { ModuleRunner, RunnerClass, Upstream, WorkerState } from './upstream.ts'

export interface Session {
  /** A run begins: `runner` is the path of the user's own runner, if there is one. */
  begin(state: WorkerState, runner: string | undefined): void
  setModuleRunner(moduleRunner: ModuleRunner): void
}

export interface SessionOptions {
  readonly boot: Boot
  readonly upstream: Upstream
  readonly openLua: Promise<OpenLua>
  readonly journal: Journal
  post(message: unknown): void
  flushed(this: void): Promise<void>
}

interface Begun {
  readonly state: WorkerState
  readonly runner: string | undefined
}

/** Where in-runner.ts finds the session. */
const KEY = Symbol.for('vitest-pool-lua.session')

export function openSession(options: SessionOptions): Session {
  const { boot, upstream } = options
  const rssAtStart = process.memoryUsage.rss()
  let begun: Begun | undefined
  let moduleRunner: ModuleRunner | undefined

  const told = (): Begun & { readonly modules: ModuleRunner } => {
    if (begun === undefined || moduleRunner === undefined) {
      throw new InvariantError('A runner was asked for before Vitest began a run')
    }
    return { ...begun, modules: moduleRunner }
  }

  const fileSession = (): FileSession => {
    const { state, modules } = told()
    const clock = createTestClock(state.config.hookTimeout)
    let guards: FileGuards | undefined
    let loading: Promise<void> | undefined
    const tellLuaFiles = journalLuaFiles(options.journal)
    return {
      clock,
      async open(failures) {
        if (guards === undefined) journalConsole(options.journal, state.config.disableConsoleIntercept)
        guards ??= replacingBuiltins(() => openGuards({ ...options, clock, state, modules, failures }))
        await (loading ??= guards.load())
      },
      collected() {
        guards?.isolation.collected()
        tellLuaFiles(guards)
      },
      async quiet() {
        await guards?.processes.quiet()
      },
      beforeTest: () => guards?.isolation.beforeTest(),
      afterTest(test, alone) {
        guards?.isolation.afterTest(test, alone)
        tellLuaFiles(guards)
      },
      async close(file) {
        const open = guards
        guards = undefined
        if (open === undefined) return
        upstream.useRealTimers()
        await closeFile(file, open, boot, rssAtStart)
      },
    }
  }

  const runnerClass = async (): Promise<RunnerClass> => {
    const { state, runner, modules } = told()
    const Base = runner === undefined ? upstream.runnerFor(state.config) : await userRunner(runner, modules)
    const session = fileSession()
    // Vitest constructs it: what a constructor returns is what `new` gives.
    function InstrumentedRunner(config: WorkerState['config']): Runner {
      return prepared(new Base(config), session, state)
    }
    return InstrumentedRunner as unknown as RunnerClass
  }

  /** Guards stand nearest to Vitest's runner; the journal is written around everything. */
  const prepared = (runner: Runner, session: FileSession, { ctx }: WorkerState): Runner => {
    const { journal, flushed } = options
    instrument(runner, session, upstream)
    if (ctx.lua !== undefined) goOn(runner, ctx.lua, upstream.hooksOf)
    const { clock } = session
    return journaled(runner, {
      journal,
      clock,
      root: boot.settings.runRoot,
      flushed,
      hooksOf: upstream.hooksOf,
      collectors: upstream.collectors,
    })
  }

  Reflect.set(globalThis, KEY, { runnerClass })
  return {
    begin: (state, runner) => void (begun = { state, runner }),
    setModuleRunner: found => void (moduleRunner = found),
  }
}

async function userRunner(path: string, modules: ModuleRunner): Promise<RunnerClass> {
  const { default: runner } = await modules.import(path)
  if (typeof runner === 'function') return runner as RunnerClass
  throw new TypeError(
    `The runner ${path} must be a class and the default export of its module, but that is ${typeof runner}.`,
  )
}
