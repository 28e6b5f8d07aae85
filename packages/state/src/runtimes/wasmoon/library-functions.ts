/** Functions of Lua's libraries, and C functions of JS in the place of some. */
import { dialects, type LuaPointer, type Pointer } from '../c-api/api.ts'
import type { Signature } from '../../web-assembly/assemble.ts'
import type { Engine } from './engine.ts'
import type { WasmFunction } from '../../web-assembly/web-assembly.ts'

/** As a `lua_CFunction`. Errors of Lua may pass through it. */
export const cFunction: Signature = { params: ['i32'], result: 'i32' }

/** Where a table of functions lies, from the registry on. */
export type LibraryPath = readonly string[]

export const libraries = {
  debug: ['_LOADED', 'debug'],
  io: ['_LOADED', 'io'],
  os: ['_LOADED', 'os'],
  /** The methods of files. */
  file: ['FILE*', '__index'],
} as const satisfies Record<string, LibraryPath>

const { registryIndex } = dialects['5.4']

/** The C functions of these names, in a state where nobody has touched them. */
export function libraryFunctions<Name extends string>(
  engine: Engine,
  L: LuaPointer,
  library: LibraryPath,
  names: readonly Name[],
): Record<Name, WasmFunction> {
  const { exports } = engine
  pushLibrary(engine, L, library)
  const found = names.map(name => {
    getField(engine, L, name)
    const address = exports.lua_tocfunction(L, -1)
    exports.lua_settop(L, -2)
    return [name, engine.functionAt(address)] as const
  })
  exports.lua_settop(L, -2)
  return Object.fromEntries(found) as Record<Name, WasmFunction>
}

export function setLibraryFunctions(
  engine: Engine,
  L: LuaPointer,
  library: LibraryPath,
  addresses: Readonly<Record<string, Pointer>>,
): void {
  const { exports } = engine
  pushLibrary(engine, L, library)
  for (const [name, address] of Object.entries(addresses)) {
    engine.pushConstant(L, name)
    exports.lua_pushcclosure(L, address, 0)
    exports.lua_rawset(L, -3)
  }
  exports.lua_settop(L, -2)
}

function pushLibrary(engine: Engine, L: LuaPointer, library: LibraryPath): void {
  const { exports } = engine
  exports.lua_pushvalue(L, registryIndex)
  for (const name of library) {
    getField(engine, L, name)
    exports.lua_rotate(L, -2, 1)
    exports.lua_settop(L, -2)
  }
}

/** Of the table on top, which stays. */
function getField(engine: Engine, L: LuaPointer, name: string): void {
  engine.pushConstant(L, name)
  engine.exports.lua_rawget(L, -2)
}
