/** What the states of one native runtime need to end Lua code, made when the first of them needs it. */
import type { Api, Dialect, LuaPointer } from '../c-api/api.ts'
import type { Binding } from '../c-api/binding.ts'
import { layout, type Memory } from '../c-api/memory.ts'
import { DebugFrames } from './debug-frames.ts'
import { findHookFields } from './hook-fields.ts'
import { Hooks } from './hooks.ts'
import { NativeInterrupts, type InterruptTools, type Watching } from './interrupts.ts'
import type { Koffi, NativeLibrary } from './koffi.ts'
import { watchFunctions, type WatchFunction } from './watch/watched-runtime.ts'
import { theWatch } from './watch/watch.ts'

export interface InterruptParts {
  readonly koffi: Koffi
  readonly library: NativeLibrary
  readonly isJit: boolean
  readonly api: Api
  readonly dialect: Dialect
  readonly memory: Memory
}

export function interruptsOf(parts: InterruptParts): Binding['createInterrupts'] {
  const { koffi, library, isJit, api, dialect, memory } = parts
  const tools: InterruptTools = {
    api,
    frames: new DebugFrames(koffi, library, api, dialect, memory),
    firstUpvalue: dialect.firstUpvalue,
    room: memory.scratch + layout.debug,
    raise: addressOf(parts, 'luaL_error'),
    oneHook: isJit,
  }
  const compilerOff = isJit ? compilerSwitch(library) : () => {}
  let watching: Watching | undefined
  return context => {
    const { callTimeout, jit } = context.options
    if (!jit) compilerOff(context.main)
    if (callTimeout !== undefined) watching ??= startWatching(parts)
    return new NativeInterrupts(tools, callTimeout === undefined ? undefined : watching, context)
  }
}

function startWatching(parts: InterruptParts): Watching {
  const { koffi, library, isJit, api, dialect, memory } = parts
  const hooks = new Hooks(koffi, api, dialect)
  const newState = library.func('luaL_newstate', 'intptr_t', [])
  const scratch = { koffi, api, memory, hooks, newState: () => Number(newState()) }
  const watch = theWatch(koffi)
  const runtime = watch.tell({
    hook: hooks.address,
    firstUpvalue: dialect.firstUpvalue,
    functions: functionAddresses(parts),
    fields: findHookFields(scratch, isJit ? 'luajit' : dialect.version),
  })
  return { hooks, calls: watch.calls, runtime }
}

function functionAddresses(parts: InterruptParts): Record<WatchFunction, number> {
  const names = Object.keys(watchFunctions) as WatchFunction[]
  return Object.fromEntries(names.map(name => [name, addressOf(parts, name)])) as Record<
    WatchFunction,
    number
  >
}

function addressOf({ koffi, library }: InterruptParts, name: string): number {
  return Number(koffi.address(library.symbol(name, 'void *')))
}

/** Compiled loops look at no hook. */
function compilerSwitch(library: NativeLibrary): (main: LuaPointer) => void {
  const setMode = library.func('luaJIT_setmode', 'int', ['intptr_t', 'int', 'int'])
  const [engineOff, engineFlush] = [0, 0x0200]
  return main => {
    setMode(main, 0, engineOff)
    setMode(main, 0, engineFlush)
  }
}
