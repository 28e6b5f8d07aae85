/** Opens Lua's libraries in a state, with C functions of JS in the place of some. */
import type { LuaPointer, Pointer } from '../c-api/api.ts'
import type { Engine } from './engine.ts'
import { withSystemErrors } from './file-errors.ts'
import { cFunction, libraries, setLibraryFunctions, type LibraryPath } from './library-functions.ts'
import { osFunctions } from './os-functions.ts'
import type { WasmFunction } from '../../web-assembly/web-assembly.ts'

type Replaced = readonly (readonly [LibraryPath, Record<string, Pointer>])[]

/** Gives the opener of all states. */
export function librariesOpener(engine: Engine): (main: LuaPointer) => void {
  let replaced: Replaced | undefined
  return main => {
    engine.exports.luaL_openlibs(main)
    replaced ??= prepare(engine, main)
    for (const [library, addresses] of replaced) setLibraryFunctions(engine, main, library, addresses)
  }
}

/** In the first state. */
function prepare(engine: Engine, main: LuaPointer): Replaced {
  writeAtOnce(engine, main)
  return replacements(engine, main)
}

/** C's standard output belongs to the process: what lay in its buffer at the end would be lost. */
function writeAtOnce(engine: Engine, main: LuaPointer): void {
  const { exports } = engine
  const chunk = engine.allocateBytes(Buffer.from("io.stdout:setvbuf('no')"))
  exports.luaL_loadstring(main, chunk)
  exports.lua_pcallk(main, 0, 0, 0, 0, 0)
  exports.free(chunk)
}

function replacements(engine: Engine, main: LuaPointer): Replaced {
  const functions = [...withSystemErrors(engine, main), [libraries.os, osFunctions(engine)] as const]
  return functions.map(([library, byName]) => [library, addressesOf(engine, byName)] as const)
}

function addressesOf(engine: Engine, functions: Record<string, WasmFunction>): Record<string, Pointer> {
  const entries = Object.entries(functions).map(([name, body]) => [name, [cFunction, body]] as const)
  return engine.addFunctions(Object.fromEntries(entries))
}
