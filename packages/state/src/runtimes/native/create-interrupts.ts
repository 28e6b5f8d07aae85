/** What the states of one native runtime need to end Lua code, made when the first of them needs it. */
import type { LuaPointer, Pointer } from '../c-api/api.ts'
import type { Binding } from '../c-api/binding.ts'
import { findFrameFields } from './frame-fields.ts'
import { findHookFields } from './hook-fields.ts'
import { Hooks } from './hooks.ts'
import { NativeInterrupts, type InterruptTools, type Watching } from './interrupts.ts'
import { addressOf } from './library-parts.ts'
import { allowHooksAfterErrors } from './jit-protected-calls.ts'
import type { NativeParts } from './native-parts.ts'
import type { RunningThreads } from '../c-api/running-threads.ts'
import { watchFunctions, type WatchFunction } from './watch/watched-runtime.ts'
import { theWatch } from './watch/watch.ts'

export function interruptsOf(parts: NativeParts): Binding['createInterrupts'] {
  const { koffi, runtime, api, dialect, frames, threads } = parts
  const hooks = new Hooks(koffi, api, dialect)
  const tools: InterruptTools = {
    api,
    frames,
    raise: addressOf(parts, 'luaL_error'),
    oneHook: runtime === 'luajit',
  }
  const compilerOff = compilerSwitch(parts)
  let watching: Watching | undefined
  return context => {
    const { callTimeout, jit } = context.options
    if (!jit) compilerOff(context.main)
    if (callTimeout !== undefined) watching ??= startWatching(parts, hooks, tools.raise)
    const running = threads.get(context.main) as RunningThreads
    return new NativeInterrupts(tools, callTimeout === undefined ? undefined : watching, running, context)
  }
}

function startWatching(parts: NativeParts, hooks: Hooks, raise: Pointer): Watching {
  const { koffi, runtime, library, api, dialect, memory, frames } = parts
  const version = runtime === 'luajit' ? runtime : dialect.version
  const newState = library.func('luaL_newstate', 'intptr_t', [])
  const scratch = { koffi, api, memory, hooks, frames, newState: () => Number(newState()) }
  const watch = theWatch()
  const frameFields = findFrameFields(scratch, version)
  const number = watch.tell({
    hook: hooks.address,
    raise,
    functions: functionAddresses(parts),
    name: runtime,
    fields: findHookFields(scratch, version),
    frameFields,
  })
  const allowHooks = (L: LuaPointer): void => allowHooksAfterErrors(koffi, L)
  return {
    hooks,
    calls: watch.calls,
    runtime: number,
    allowHooksAfterErrors: frameFields?.kind === 'jit' ? allowHooks : undefined,
  }
}

function functionAddresses(parts: NativeParts): Record<WatchFunction, number> {
  const names = Object.keys(watchFunctions) as WatchFunction[]
  return Object.fromEntries(names.map(name => [name, addressOf(parts, name)])) as Record<
    WatchFunction,
    number
  >
}

/** Compiled loops look at no hook. */
function compilerSwitch({ library, runtime }: NativeParts): (main: LuaPointer) => void {
  if (runtime !== 'luajit') return () => {}
  const setMode = library.func('luaJIT_setmode', 'int', ['intptr_t', 'int', 'int'])
  const [engineOff, engineFlush] = [0, 0x0200]
  return main => {
    setMode(main, 0, engineOff)
    setMode(main, 0, engineFlush)
  }
}
