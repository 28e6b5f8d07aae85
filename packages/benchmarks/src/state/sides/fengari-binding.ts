/** fengari's own API: Lua's C API in JavaScript, texts as arrays of bytes. */
import { createRequire } from 'node:module'
import type { Binding } from './by-hand.ts'

const require = createRequire(import.meta.url)

/** A state of fengari: opaque. */
type L = object
type Bytes = Uint8Array

interface Fengari {
  to_luastring: (text: string) => Bytes
  lua: {
    LUA_REGISTRYINDEX: number
    lua_close: (L: L) => void
    lua_settop: (L: L, top: number) => void
    lua_type: (L: L, index: number) => number
    lua_tonumber: (L: L, index: number) => number
    lua_toboolean: (L: L, index: number) => boolean
    lua_tojsstring: (L: L, index: number) => string
    lua_pushnil: (L: L) => void
    lua_pushnumber: (L: L, value: number) => void
    lua_pushstring: (L: L, bytes: Bytes) => void
    lua_pushcfunction: (L: L, callback: (L: L) => number) => void
    lua_error: (L: L) => number
    lua_createtable: (L: L, list: number, keys: number) => void
    lua_setfield: (L: L, index: number, key: Bytes) => void
    lua_setglobal: (L: L, name: Bytes) => void
    lua_next: (L: L, index: number) => number
    lua_pcall: (L: L, args: number, results: number, handler: number) => number
    lua_rawgeti: (L: L, index: number, key: number) => void
  }
  lauxlib: {
    luaL_newstate: () => L
    luaL_loadstring: (L: L, chunk: Bytes) => number
    luaL_ref: (L: L, index: number) => number
  }
  lualib: { luaL_openlibs: (L: L) => void }
}

export function fengariBinding(): Binding<L, number> {
  const { lua, lauxlib, lualib, to_luastring } = require('fengari') as Fengari
  return {
    newState: lauxlib.luaL_newstate,
    openLibraries: lualib.luaL_openlibs,
    close: lua.lua_close,
    setTop: lua.lua_settop,
    type: lua.lua_type,
    toNumber: lua.lua_tonumber,
    toBoolean: lua.lua_toboolean,
    toText: lua.lua_tojsstring,
    pushNil: lua.lua_pushnil,
    pushNumber: lua.lua_pushnumber,
    pushText: (L, text) => lua.lua_pushstring(L, to_luastring(text)),
    pushFunction: (L, callback) => {
      lua.lua_pushcfunction(L, callback)
      return () => {}
    },
    error: lua.lua_error,
    createTable: lua.lua_createtable,
    setField: (L, index, key) => lua.lua_setfield(L, index, to_luastring(key)),
    setGlobal: (L, name) => lua.lua_setglobal(L, to_luastring(name)),
    next: lua.lua_next,
    load: (L, chunk) => lauxlib.luaL_loadstring(L, to_luastring(chunk)),
    call: (L, args, results) => lua.lua_pcall(L, args, results, 0),
    keep: L => lauxlib.luaL_ref(L, lua.LUA_REGISTRYINDEX),
    pushKept: (L, ref) => lua.lua_rawgeti(L, lua.LUA_REGISTRYINDEX, ref),
  }
}
