/**
 * What fails with a file gives nil, a message and a number. wasmoon's C library has numbers of its own (those of WASI);
 * programs know those of the system.
 */
import { constants } from 'node:os'
import { luaTypes } from '../../machine/machine.ts'
import type { LuaPointer } from '../c-api/api.ts'
import type { Engine } from './engine.ts'
import { libraries, libraryFunctions, type LibraryPath } from './library-functions.ts'
import { codeOf } from './system/errno.ts'
import type { WasmFunction } from '../../web-assembly/web-assembly.ts'

/** Functions that fail so. */
const failing = [
  [libraries.io, ['close', 'open', 'write']],
  [libraries.os, ['remove', 'rename']],
  [libraries.file, ['close', 'flush', 'seek', 'setvbuf', 'write']],
] as const satisfies readonly (readonly [LibraryPath, readonly string[]])[]

const failureLength = 3
const systemNumbers: Readonly<Record<string, number>> = constants.errno

/** By library, C functions that do the same and give the system's numbers. `L` is a state with its libraries open. */
export function withSystemErrors(
  engine: Engine,
  L: LuaPointer,
): (readonly [LibraryPath, Record<string, WasmFunction>])[] {
  return failing.map(([library, names]) => {
    const originals = Object.entries(libraryFunctions(engine, L, library, names))
    const wrapped = originals.map(([name, original]) => [name, wrap(engine, original)] as const)
    return [library, Object.fromEntries(wrapped)] as const
  })
}

function wrap(engine: Engine, original: WasmFunction): WasmFunction {
  return (L: LuaPointer) => {
    const results = original(L)
    if (results === failureLength) translate(engine, L)
    return results
  }
}

/** The number on top, below which the message and nil lie. */
function translate({ exports }: Engine, L: LuaPointer): void {
  if (exports.lua_type(L, -3) !== luaTypes.nil || exports.lua_type(L, -1) !== luaTypes.number) return
  const number = systemNumbers[codeOf(exports.lua_tonumberx(L, -1, 0)) ?? '']
  if (number === undefined) return
  exports.lua_settop(L, -2)
  exports.lua_pushinteger(L, BigInt(number))
}
