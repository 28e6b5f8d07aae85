/**
 * `pcall` and `xpcall`, as fengari has them but for one line: after an error that pcall caught in a coroutine
 * fengari leaves hooks switched off for that coroutine (its `lua_pcallk` forgets to note that they were on:
 * https://github.com/fengari-lua/fengari/blob/v0.1.5/src/lapi.js#L1040), and no deadline would hold there.
 */
import { lauxlib, lua, tags, type CFunction, type L } from '../binding.ts'

const functionType = tags.luaClosure

export const protectedCalls: Readonly<Record<string, CFunction>> = {
  pcall: L => {
    if (lua.lua_type(L, 1) < 0) lauxlib.luaL_checkany(L, 1)
    lua.lua_pushboolean(L, true)
    lua.lua_insert(L, 1)
    const status = lua.lua_pcallk(L, lua.lua_gettop(L) - 2, lua.LUA_MULTRET, 0, 0, finish)
    return results(L, status, 0)
  },
  xpcall: L => {
    const count = lua.lua_gettop(L)
    lauxlib.luaL_checktype(L, 2, functionType)
    lua.lua_pushboolean(L, true)
    lua.lua_pushvalue(L, 1)
    lua.lua_rotate(L, 3, 2)
    const status = lua.lua_pcallk(L, count - 2, lua.LUA_MULTRET, 2, 2, finish)
    return results(L, status, 2)
  },
}

/** Goes on in a coroutine, after a yield or an error inside the call. */
function finish(L: L, status: number, below: number): number {
  if (status !== lua.LUA_YIELD) L.allowhook = 1
  return results(L, status, below)
}

/** `below` values at the bottom of the stack are not results. */
function results(L: L, status: number, below: number): number {
  if (status === lua.LUA_OK || status === lua.LUA_YIELD) return lua.lua_gettop(L) - below
  lua.lua_pushboolean(L, false)
  lua.lua_pushvalue(L, -2)
  return 2
}
