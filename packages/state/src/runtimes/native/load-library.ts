/**
 * Loads the shared library of a runtime, once a process.
 *
 * Several may live side by side, each bound to its own symbols. C modules of Lua (`require 'lfs'`) take theirs from
 * whatever is global, so only one runtime of a process can have them: the first that loads one.
 */
import { LuaStateError } from '../../errors.ts'
import type { Koffi, NativeLibrary } from './koffi.ts'
import { libraryPlace, type NativeRuntime } from './libraries.ts'

export interface LoadedLibrary {
  readonly library: NativeLibrary
  /** What was loaded. */
  readonly path: string
}

/** `wanted` is the option `library`. Throws a LuaStateError that lists what was tried. */
export function loadLibrary(koffi: Koffi, runtime: NativeRuntime, wanted: string | undefined): LoadedLibrary {
  const { names, install } = libraryPlace(runtime)
  const tried = wanted === undefined ? names : [wanted]
  let cause: unknown
  for (const path of tried) {
    try {
      return { path, library: koffi.load(path, { lazy: false, deep: process.platform === 'linux' }) }
    } catch (error) {
      cause ??= error
    }
  }
  throw new LuaStateError(
    'LUA_STATE_RUNTIME_MISSING',
    `openLua('${runtime}') found no shared library of ${runtime}. Tried: ${tried.join(', ')}. ` +
      `Install one (${install}), or give its path in the option library.`,
    { cause },
  )
}

/** Set once: the runtime whose symbols are global in this process. */
const global: { path?: string } = {}

/** Makes the library's symbols global, for C modules. Throws where another's are. */
export function makeGlobal(koffi: Koffi, runtime: NativeRuntime, { path }: LoadedLibrary): void {
  if (global.path === path) return
  if (global.path !== undefined) {
    throw new LuaStateError(
      'LUA_STATE_MODULE_CONFLICT',
      `A C module was to be loaded into ${runtime} (${path}), but this process has loaded C modules for ` +
        `${global.path}: they would call the wrong Lua. Use one native runtime in each process that loads C modules.`,
    )
  }
  koffi.load(path, { lazy: false, global: true })
  global.path = path
}
