/** Lua's C API, as wasmoon exports it. Without a function of JS between wherever the arguments are those of `Api`. */
import { dialects, type Api, type LuaPointer } from '../c-api/api.ts'
import { assemble, instructions } from '../../web-assembly/assemble.ts'
import type { Engine } from './engine.ts'
import type { LuaExports } from './lua-exports.ts'
import { WebAssembly } from '../../web-assembly/web-assembly.ts'

const { get, i32FromI64, i64FromF64, i64FromI32 } = instructions
const { registryIndex } = dialects['5.4']
const globalsKey = 2

/** `results` is room for a number that nobody asks for. */
export function createApi({ exports: lua, linkable, breakdown }: Engine, results: number): Api {
  const { pushInteger, rawGetInteger, rawLength } = breakdown.watchAll(withoutBigInts(linkable))
  return {
    close: lua.lua_close,
    openlibs: lua.luaL_openlibs,
    gettop: lua.lua_gettop,
    settop: lua.lua_settop,
    checkstack: lua.lua_checkstack,
    insert: (L, index) => void lua.lua_rotate(L, index, 1),
    xmove: lua.lua_xmove,
    pushnil: lua.lua_pushnil,
    pushboolean: lua.lua_pushboolean,
    pushnumber: lua.lua_pushnumber,
    pushinteger: (L, value) =>
      typeof value === 'number' ? pushInteger(L, value) : lua.lua_pushinteger(L, value),
    pushlstring: lua.lua_pushlstring,
    pushcclosure: lua.lua_pushcclosure,
    pushlightuserdata: lua.lua_pushlightuserdata,
    pushvalue: lua.lua_pushvalue,
    pushglobaltable: L => void rawGetInteger(L, registryIndex, globalsKey),
    createtable: lua.lua_createtable,
    newuserdata: (L, size) => lua.lua_newuserdatauv(L, size, 0),
    newthread: lua.lua_newthread,
    pushthread: lua.lua_pushthread,
    type: lua.lua_type,
    toboolean: lua.lua_toboolean,
    tonumber: (L, index) => lua.lua_tonumberx(L, index, 0),
    isinteger: lua.lua_isinteger,
    tointeger: (L, index) => lua.lua_tointegerx(L, index, 0),
    tolstring: lua.lua_tolstring,
    topointer: lua.lua_topointer,
    touserdata: lua.lua_touserdata,
    tothread: lua.lua_tothread,
    rawget: lua.lua_rawget,
    rawset: lua.lua_rawset,
    rawgeti: rawGetInteger,
    rawlen: rawLength,
    rawequal: lua.lua_rawequal,
    next: lua.lua_next,
    getmetatable: lua.lua_getmetatable,
    setmetatable: lua.lua_setmetatable,
    ref: lua.luaL_ref,
    unref: lua.luaL_unref,
    pcall: (L, args, wanted, handler) => lua.lua_pcallk(L, args, wanted, handler, 0, 0),
    loadbuffer: (L, bytes, length, name) => lua.luaL_loadbufferx(L, bytes, length, name, 0),
    resume: (L, from, args) => lua.lua_resume(L, from, args, results),
    status: lua.lua_status,
    getstack: lua.lua_getstack,
    isyieldable: lua.lua_isyieldable,
    sethook: lua.lua_sethook,
    gethook: lua.lua_gethook,
    gethookmask: lua.lua_gethookmask,
    gethookcount: lua.lua_gethookcount,
    /** `lua_gc` is not exported, and nothing of 5.4 needs it: see `Dialect.finalizersRaise`. */
    gc: () => {},
  }
}

interface WithoutBigInts {
  readonly pushInteger: (L: LuaPointer, value: number) => void
  readonly rawGetInteger: (L: LuaPointer, index: number, key: number) => number
  readonly rawLength: (L: LuaPointer, index: number) => number
}

const bytes = assemble({
  imports: {
    lua_pushinteger: { params: ['i32', 'i64'] },
    lua_rawgeti: { params: ['i32', 'i32', 'i64'], result: 'i32' },
    lua_rawlen: { params: ['i32', 'i32'], result: 'i64' },
  },
  definitions: {
    pushInteger: {
      signature: { params: ['i32', 'f64'] },
      code: call => [...get(0), ...get(1), ...i64FromF64, ...call('lua_pushinteger')],
    },
    rawGetInteger: {
      signature: { params: ['i32', 'i32', 'i32'], result: 'i32' },
      code: call => [...get(0), ...get(1), ...get(2), ...i64FromI32, ...call('lua_rawgeti')],
    },
    rawLength: {
      signature: { params: ['i32', 'i32'], result: 'i32' },
      code: call => [...get(0), ...get(1), ...call('lua_rawlen'), ...i32FromI64],
    },
  },
})

/** Where an integer is a number of JS: making a BigInt of it costs more than all the rest. */
function withoutBigInts(js: LuaExports): WithoutBigInts {
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), { js }).exports as unknown as WithoutBigInts
}
