/**
 * Opens a Lua state of the one runtime asked for; no other runtime is loaded.
 *
 *     const state = await openLua('fengari')
 *     const open = await loadLua('fengari')    // where states are opened later, synchronously
 *     const other = open({ packagePath: ['lua/?.lua'] })
 */
import { LuaStateError } from './errors.ts'
import type { LuaState } from './lua-state.ts'
import type { Adapter } from './machine/adapter.ts'
import { checkOptions, serveOptions, type LuaOptions } from './options.ts'
import { availableRuntimes, isRuntimeName, runtimeNames, type RuntimeName } from './runtime-names.ts'
import { openState } from './session/open-state.ts'

/** Throws `LuaStateError` for a runtime or an option that is unknown or can't be served. */
export async function openLua(runtime: RuntimeName, options?: LuaOptions): Promise<LuaState> {
  const checked = checkOptions(options)
  const open = await loadLua(runtime)
  return open(checked)
}

/** Loads the runtime once; the function that it gives opens states synchronously. */
export async function loadLua(runtime: RuntimeName): Promise<(options?: LuaOptions) => LuaState> {
  const adapter = await loadAdapter(runtime)
  return options => {
    const checked = checkOptions(options)
    return openState(adapter, serveOptions(adapter.runtime, adapter.version, adapter.capabilities, checked))
  }
}

async function loadAdapter(runtime: RuntimeName): Promise<Adapter> {
  if (runtime === 'fengari') return (await import('./runtimes/fengari/adapter.ts')).adapter
  if (isRuntimeName(runtime)) throw notAvailable(runtime)
  throw new LuaStateError(
    'LUA_STATE_RUNTIME_UNKNOWN',
    `openLua was given the runtime ${JSON.stringify(runtime) ?? String(runtime)}. ` +
      `Allowed are ${runtimeNames.map(name => `'${name}'`).join(', ')}.`,
  )
}

function notAvailable(runtime: RuntimeName): LuaStateError {
  return new LuaStateError(
    'LUA_STATE_RUNTIME_UNAVAILABLE',
    `openLua was given the runtime '${runtime}', which is not available yet in this version. ` +
      `Available now: ${availableRuntimes.map(name => `'${name}'`).join(', ')}.`,
  )
}
