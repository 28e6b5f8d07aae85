/**
 * What tests import.
 *
 *     import { expect } from 'vitest'
 *     import { test } from 'vitest-pool-lua/test'
 *
 *     test('adds', ({ lua }) => {
 *       lua.execute('function add(a, b) return a + b end')
 *       expect(lua.globals.add(1, 2)).toBe(3)
 *     })
 */
import type { ChildProcess } from 'node:child_process'
import { inspect } from 'node:util'
import { openLua as openState } from '@vitest-pool-lua/state'
import type { LuaOptions, LuaState, RuntimeName } from '@vitest-pool-lua/state'
import { PoolError } from './errors.ts'
import { openEngine } from './guards/engine.ts'
import type { EngineOptions } from './guards/engine.ts'
import { inForce, inWorker, outside } from './guards/in-force.ts'
import type { LuaSetup } from './guards/lua.ts'
import { defineRegistry } from './guards/registries/registry.ts'
import type { Registry } from './guards/registries/registry.ts'
import { extendTest } from './fixture/extend-test.ts'
import { isRuntime } from './protocol/runtimes.ts'

export {
  branches,
  byReference,
  bytesOf,
  disposeAll,
  entriesOf,
  getKey,
  invoke,
  isLuaTable,
  keysOf,
  lengthOf,
  LuaError,
  luaIterator,
  LuaMemoryError,
  LuaSyntaxError,
  LuaTimeoutError,
  luaType,
  measureCalls,
  multiReturn,
  openStates,
  setKey,
  toJS,
  valuesOf,
} from '@vitest-pool-lua/state'
export type {
  BranchOptions,
  BranchResult,
  LuaCoroutine,
  LuaFunction,
  LuaState,
  LuaTable,
  LuaUserdata,
} from '@vitest-pool-lua/state'
export { PoolError } from './errors.ts'
export type { EngineOptions } from './guards/engine.ts'
export type { LuaSetup } from './guards/lua.ts'
export type { CountedRegistry, KeyedRegistry, Registry } from './guards/registries/registry.ts'
export type { LuaFixtures } from './fixture/extend-test.ts'
export type { LuaChanges } from './fixture/lua-changes.ts'
export { defineRegistry }

/** Vitest's `test` with the fixtures `lua` and `luaOptions`. */
export const test = extendTest()

/** The Lua state of the running test: the one that the fixture `lua` gives. Works at module level too. */
export function getLua(): LuaState {
  return inWorker('getLua()').worker.lua.state()
}

/**
 * Opens a state of the test's own, as @vitest-pool-lua/state does. The limits of the file's state hold for it too,
 * where its runtime can, unless `callTimeout` or `maxMemory` says otherwise.
 */
export function openLua(runtime: RuntimeName, options: LuaOptions = {}): Promise<LuaState> {
  const worker = inForce()?.worker
  return openState(runtime, worker && isRuntime(runtime) ? worker.ownOptions(runtime, options) : options)
}

/** The default export of the module that the setting `setup` names: runs on every fresh state. */
export function defineLuaSetup(setup: LuaSetup): LuaSetup {
  return setup
}

/**
 * Tracks anything that must be disposed and gives it back: what is still open when the file
 * (in globalSetup: the run) ends is disposed, last opened first, and named.
 * @throws PoolError `LUA_POOL_ENGINE_NOT_DISPOSABLE`, `LUA_POOL_TEST_OUTSIDE`
 */
export function engine<T>(value: T, options: EngineOptions<T> = {}): T {
  const found = inForce()
  if (found === undefined) throw outside('engine()')
  found.engines.track(openEngine(value, options, found.clock.now()))
  return value
}

/**
 * Names a registry from a test file: what it holds now stands; what tests add goes.
 * @throws PoolError `LUA_POOL_REGISTRY_INCOMPLETE`
 */
export function registry<R extends Registry>(definition: R): R {
  inWorker('registry()').worker.registries.add(defineRegistry(definition as never))
  return definition
}

/**
 * Exempts a process, and what it starts, from the sweep until the run ends.
 * @throws PoolError `LUA_POOL_KEEP_NO_PID`
 */
export function keep(process: ChildProcess | number): void {
  // In JavaScript it may be anything.
  const given = process as ChildProcess | number | null | undefined
  const pid = typeof given === 'number' ? given : given?.pid
  if (pid === undefined || !Number.isSafeInteger(pid) || pid <= 1) throw noPid(given)
  inWorker('keep()').worker.keep(pid)
}

function noPid(given: unknown): PoolError {
  return new PoolError(
    'LUA_POOL_KEEP_NO_PID',
    `keep() was given ${pidText(given)}. Give it a running ChildProcess or its pid.`,
  )
}

function pidText(given: unknown): string {
  if (typeof given === 'number') return `the pid ${given}`
  const started = typeof given === 'object' && given !== null && 'pid' in given
  return started ? 'a process that was never started' : inspect(given, { depth: 0 })
}
