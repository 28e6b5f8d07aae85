/** Functions of `os` that wasmoon's C library can't serve: it knows neither the environment nor the processor's time. */
import type { Engine } from './engine.ts'

/** As C functions of Lua. */
export function osFunctions(engine: Engine) {
  const { exports } = engine
  return {
    /** The processor time of this process, as in C. */
    clock: (L: number): number => {
      const { user, system } = process.cpuUsage()
      exports.lua_pushnumber(L, (user + system) / 1e6)
      return 1
    },
    getenv: (L: number): number => {
      const value = process.env[engine.heap.textAt(exports.luaL_checklstring(L, 1, 0))]
      if (value === undefined) exports.lua_pushnil(L)
      else engine.pushText(L, value)
      return 1
    },
  }
}
