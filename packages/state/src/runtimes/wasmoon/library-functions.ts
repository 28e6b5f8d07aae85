/** Functions of Lua's libraries, and C functions of JS in the place of some. */
import type { Signature } from './assemble.ts'
import type { Engine } from './engine.ts'

/** As a `lua_CFunction`. Errors of Lua may pass through it. */
export type LuaFunctionOfC = (L: number) => number

export const cFunction: Signature = { params: ['i32'], result: 'i32' }

/** The C function behind `library[name]`, in a state where nobody has touched it. */
export function libraryFunction(engine: Engine, L: number, library: string, name: string): LuaFunctionOfC {
  const { exports } = engine
  pushLibrary(engine, L, library)
  engine.pushText(L, name)
  exports.lua_rawget(L, -2)
  const address = exports.lua_tocfunction(L, -1)
  exports.lua_settop(L, -3)
  return engine.functionAt(address)
}

export function setLibraryFunctions(
  engine: Engine,
  L: number,
  library: string,
  addresses: Readonly<Record<string, number>>,
): void {
  const { exports } = engine
  pushLibrary(engine, L, library)
  for (const [name, address] of Object.entries(addresses)) {
    engine.pushText(L, name)
    exports.lua_pushcclosure(L, address, 0)
    exports.lua_rawset(L, -3)
  }
  exports.lua_settop(L, -2)
}

/** A global table. */
function pushLibrary(engine: Engine, L: number, library: string): void {
  const { exports } = engine
  const name = engine.allocateBytes(Buffer.from(library))
  exports.lua_getglobal(L, name)
  exports.free(name)
}
