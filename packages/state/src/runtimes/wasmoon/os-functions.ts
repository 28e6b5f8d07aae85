/**
 * Functions of `os` that wasmoon's C library can't serve: it knows neither the environment, nor the time of the
 * processor, nor where temporary files belong.
 */
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { LuaPointer } from '../c-api/api.ts'
import type { Engine } from './engine.ts'

/** As C functions of Lua. */
export function osFunctions(engine: Engine) {
  const { exports } = engine
  return {
    /** The processor's time of this process, as in C. */
    clock: (L: LuaPointer): number => {
      const { user, system } = process.cpuUsage()
      exports.lua_pushnumber(L, (user + system) / 1e6)
      return 1
    },
    getenv: (L: LuaPointer): number => {
      const value = process.env[engine.heap.textAt(exports.luaL_checklstring(L, 1, 0))]
      if (value === undefined) exports.lua_pushnil(L)
      else engine.pushText(L, value)
      return 1
    },
    tmpname: (L: LuaPointer): number => {
      const file = newTemporaryFile()
      engine.pushText(L, file ?? 'unable to generate a unique filename')
      return file === undefined ? exports.lua_error(L) : 1
    },
  }
}

/** Makes the file, so that nobody else gets the name. */
function newTemporaryFile(): string | undefined {
  const file = path.join(tmpdir(), `lua_${process.pid}_${Math.random().toString(36).slice(2, 10)}`)
  try {
    writeFileSync(file, '', { flag: 'wx' })
    return file
  } catch {
    return undefined
  }
}
