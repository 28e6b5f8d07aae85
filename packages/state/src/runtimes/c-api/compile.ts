/** Source text to a function of Lua. */
import type { LuaPointer } from './api.ts'
import type { Binding } from './binding.ts'

interface Source {
  readonly bytes: Uint8Array
  readonly chunkName: Uint8Array
}

const binaryMark = 0x1b

/** To Lua's compiler the levels of calls are levels of the source: from here on it works on a thread of its own. */
const deep = 16

export function isBinary(bytes: Uint8Array): boolean {
  return bytes[0] === binaryMark
}

/** Pushes the function, or the error, and says which. `depth` is that of the calls between JS and Lua. */
export function compile(binding: Binding, L: LuaPointer, source: Source, depth: number): boolean {
  if (depth < deep) return compileOn(binding, L, source)
  const { api } = binding
  const compiler = api.newthread(L)
  const done = compileOn(binding, compiler, source)
  api.xmove(compiler, L, 1)
  api.insert(L, -2)
  api.settop(L, -2)
  return done
}

function compileOn({ api, memory }: Binding, L: LuaPointer, { bytes, chunkName }: Source): boolean {
  return memory.place(bytes, chunk =>
    memory.place(chunkName, name => api.loadbuffer(L, chunk, bytes.length, name) === 0),
  )
}
