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
import { runtimeNames, type RuntimeName } from './runtime-names.ts'
import { openState } from './session/open-state.ts'

/** Throws `LuaStateError` for a runtime or an option that is unknown or can't be served. */
export async function openLua(runtime: RuntimeName, options?: LuaOptions): Promise<LuaState> {
  const checked = checkOptions(options)
  const open = await loadLua(runtime, { library: checked.library })
  return open(checked)
}

/**
 * Loads the runtime once; the function that it gives opens states synchronously. A native runtime's `library` is
 * chosen here.
 */
export async function loadLua(
  runtime: RuntimeName,
  { library }: { library?: string | undefined } = {},
): Promise<(options?: LuaOptions) => LuaState> {
  const adapter = await loadAdapter(runtime, library)
  return options => {
    const checked = checkOptions(options)
    const served = serveOptions(adapter.runtime, adapter.version, adapter.capabilities, checked)
    if (checked.library !== undefined && checked.library !== library)
      throw otherLibrary(runtime, checked.library)
    return openState(adapter, served)
  }
}

function otherLibrary(runtime: RuntimeName, library: string): LuaStateError {
  return new LuaStateError(
    'LUA_STATE_OPTION_UNSUPPORTED',
    `A state of ${runtime}, which is loaded, was to be opened with library: '${library}'. ` +
      `A library is chosen when the runtime is loaded: loadLua('${runtime}', { library: '${library}' }).`,
  )
}

async function loadAdapter(runtime: RuntimeName, library: string | undefined): Promise<Adapter> {
  switch (runtime) {
    case 'fengari':
      return (await import('./runtimes/fengari/adapter.ts')).adapter
    case 'wasmoon':
      return (await import('./runtimes/wasmoon/adapter.ts')).loadWasmoon()
    case 'luajit':
    case 'lua5.1':
    case 'lua5.2':
    case 'lua5.3':
    case 'lua5.4':
      return (await import('./runtimes/native/adapter.ts')).loadNative(runtime, library)
    default:
      throw unknownRuntime(runtime)
  }
}

function unknownRuntime(runtime: never): LuaStateError {
  return new LuaStateError(
    'LUA_STATE_RUNTIME_UNKNOWN',
    `openLua was given the runtime ${JSON.stringify(runtime) ?? String(runtime)}. ` +
      `Allowed are ${runtimeNames.map(name => `'${name}'`).join(', ')}.`,
  )
}
