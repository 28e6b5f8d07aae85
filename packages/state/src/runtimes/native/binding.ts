/** A native runtime: its library, loaded once a process, and what all its states share. */
import type { Binding, Entry } from '../c-api/binding.ts'
import { LuaStateError } from '../../errors.ts'
import { dialects, type Api, type Dialect, type LuaPointer } from '../c-api/api.ts'
import { CallTable } from '../c-api/call-table.ts'
import { createApi } from './api.ts'
import { capabilities } from './capabilities.ts'
import { interruptsOf } from './create-interrupts.ts'
import { DebugFrames } from './debug-frames.ts'
import { registerCallback, type Koffi, type NativeLibrary } from './koffi.ts'
import type { NativeRuntime } from './libraries.ts'
import { loadLibrary, makeGlobal, type LoadedLibrary } from './load-library.ts'
import { NativeMemory } from './memory.ts'
import type { NativeParts } from './native-parts.ts'
import { stateOpener } from './open-state.ts'

/** JS and Lua that call each other end JS's stack at about 170 levels. */
const maxNesting = 120

const versions: Record<NativeRuntime, Dialect['version']> = {
  luajit: '5.1',
  'lua5.1': '5.1',
  'lua5.2': '5.2',
  'lua5.3': '5.3',
  'lua5.4': '5.4',
}

export function bindNative(koffi: Koffi, runtime: NativeRuntime, wanted: string | undefined): Binding {
  const loaded = loadLibrary(koffi, runtime, wanted)
  const { library } = loaded
  const dialect = dialects[versions[runtime]]
  const api = apiOf(loaded, runtime)
  const memory = new NativeMemory(koffi)
  const frames = new DebugFrames({ koffi, library, api, dialect, memory })
  const parts: NativeParts = { koffi, runtime, library, dialect, api, memory, frames, threads: new Map() }
  const calls = new CallTable(api, dialect.firstUpvalue, maxNesting)
  return {
    runtime,
    dialect,
    capabilities: capabilities[runtime],
    maxNesting,
    api,
    memory,
    calls,
    entryFor: entries(koffi, calls),
    newState: stateOpener(parts),
    createInterrupts: interruptsOf(parts),
    writesPastConsole: true,
    beforeCModule: () => makeGlobal(koffi, runtime, loaded),
  }
}

/** Throws a LuaStateError where the library is of another Lua. */
function apiOf({ library, path }: LoadedLibrary, runtime: NativeRuntime): Api {
  const { version, hasIntegers } = dialects[versions[runtime]]
  const isJit = hasSymbol(library, 'luaJIT_setmode')
  try {
    if (isJit !== (runtime === 'luajit')) throw new Error(`It is ${isJit ? '' : 'not '}LuaJIT`)
    return createApi(library, version, isJit || hasIntegers)
  } catch (cause) {
    throw new LuaStateError(
      'LUA_STATE_LIBRARY_MISMATCH',
      `openLua('${runtime}') has loaded the shared library ${path}, which is not one of ${runtime}: ` +
        `${(cause as Error).message}. Give the library of ${runtime}, or the runtime of the library.`,
      { cause },
    )
  }
}

function hasSymbol(library: NativeLibrary, name: string): boolean {
  try {
    library.symbol(name, 'void *')
    return true
  } catch {
    return false
  }
}

/** To read the number costs as much as to read an argument. koffi has room for 8,192 functions in a process. */
const own = 128

/** All are registered now (see `registerCallback`), 2 µs each. */
function entries(koffi: Koffi, calls: CallTable): Binding['entryFor'] {
  const type = koffi.pointer(koffi.proto('int', ['intptr_t']))
  const shared: Entry = { address: registerCallback(koffi, calls.run, type), upvalues: 1 }
  const ofOne = Array.from({ length: own }, (_value, id): Entry => {
    const run = (L: LuaPointer) => calls.runEntry(L, id)
    return { address: registerCallback(koffi, run, type), upvalues: 0 }
  })
  return id => ofOne[id] ?? shared
}
