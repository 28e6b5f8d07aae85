/**
 * What is in force in this process. The worker (or, for globalSetup, the main
 * process) puts it here once; `vitest-pool-lua/test` finds it.
 *
 * It hangs on globalThis under a registered symbol because a test's module
 * graph may hold a second instance of this package: when it is linked from
 * outside node_modules, Vite inlines it.
 */
import type { LuaOptions } from '@vitest-pool-lua/state'
import { PoolError } from '../errors.ts'
import type { Runtime } from '../protocol/runtimes.ts'
import type { TestClock } from './current-test.ts'
import type { EnginesGuard } from './engines.ts'
import type { LuaChoice, LuaGuard, LuaSetup, OpenLua } from './lua.ts'
import type { ProcessesGuard } from './processes/guard.ts'
import type { RegistriesGuard } from './registries/guard.ts'

/** In the main process only engines can be tracked: there are no tests. */
export interface InForce {
  readonly engines: EnginesGuard
  readonly clock: TestClock
  readonly worker: WorkerGuards | null
}

export interface WorkerGuards {
  readonly lua: LuaGuard
  readonly registries: RegistriesGuard
  readonly processes: ProcessesGuard
  /** The options of a state that a test opens itself, with the limits that they leave open. */
  ownOptions(this: void, runtime: Runtime, options: LuaOptions): LuaOptions
  /** What the settings say, for `luaOptions` to change parts of. */
  standardChoice(): LuaChoice
  /** Loads a runtime. Rejects where it is not installed, or cannot serve the settings. */
  openerOf(this: void, runtime: Runtime): Promise<OpenLua>
  /** Imports the module of a setup, by its path from the root, through the tests' own module graph. */
  importSetup(path: string): Promise<LuaSetup>
  keep(pid: number): void
}

const KEY = Symbol.for('vitest-pool-lua.in-force')

export function putInForce(guards: InForce): void {
  Reflect.set(globalThis, KEY, guards)
}

export function inForce(): InForce | undefined {
  return Reflect.get(globalThis, KEY) as InForce | undefined
}

/** @throws PoolError `LUA_POOL_TEST_OUTSIDE` */
export function inWorker(what: string): InForce & { readonly worker: WorkerGuards } {
  const found = inForce()
  if (found?.worker) return { ...found, worker: found.worker }
  throw outside(what)
}

export function outside(what: string): PoolError {
  return new PoolError(
    'LUA_POOL_TEST_OUTSIDE',
    `${what} was called outside of a test file that this pool runs. Add lua() to \`plugins\` in the Vitest config of the project, and call ${what} in its test files or setup files.`,
  )
}
