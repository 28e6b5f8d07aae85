/** Opens a bare state, with Lua's own allocator. */
import { LuaMemoryError } from '../../errors.ts'
import type { Binding } from '../c-api/binding.ts'
import type { Koffi, NativeLibrary } from './koffi.ts'

export function stateOpener(_koffi: Koffi, library: NativeLibrary): Binding['newState'] {
  const newState = library.func('luaL_newstate', 'intptr_t', [])
  return () => {
    const main = Number(newState())
    if (main === 0) throw new LuaMemoryError('not enough memory')
    return { main, memoryLimit: undefined, dispose: () => {} }
  }
}
