/** What the settings mean to one Lua state, on the runtime that it is of. */
import type { LuaOptions } from '@vitest-pool-lua/state'
import { factsOf } from '../protocol/runtimes.ts'
import type { Runtime } from '../protocol/runtimes.ts'
import type { Settings } from '../protocol/settings.ts'

export type StateSettings = Pick<Settings, 'packagePath' | 'packageCPath' | 'callLimit' | 'stateMemory'>

/** ms that a call into Lua may take now; undefined for no limit. */
export type CallLimit = () => number | undefined

/** Of the worker's own state. */
export function stateOptions(settings: StateSettings, runtime: Runtime, callLimit: CallLimit): LuaOptions {
  const { packagePath, packageCPath } = settings
  return {
    ...callOptions(settings, runtime, callLimit),
    ...memoryOptions(settings, runtime),
    ...(packagePath === null ? {} : { packagePath }),
    ...(packageCPath === null ? {} : { packageCPath }),
  }
}

/** Of a state that a test opens itself: the limits hold, but for what its own options say. */
export function ownStateOptions(
  settings: StateSettings,
  runtime: Runtime,
  callLimit: CallLimit,
  options: LuaOptions,
): LuaOptions {
  const calls = 'callTimeout' in options ? {} : callOptions(settings, runtime, callLimit)
  return { ...calls, ...memoryOptions(settings, runtime), ...options }
}

/** A limit that nobody asked for must not cost LuaJIT its compiler. */
function callOptions(settings: StateSettings, runtime: Runtime, callTimeout: CallLimit): LuaOptions {
  const keepsCompiler = factsOf(runtime).compiler && settings.callLimit === null
  return { callTimeout, ...(keepsCompiler ? { jit: true } : {}) }
}

function memoryOptions({ stateMemory }: StateSettings, runtime: Runtime): LuaOptions {
  return stateMemory !== null && factsOf(runtime).memoryCap ? { maxMemory: stateMemory } : {}
}
