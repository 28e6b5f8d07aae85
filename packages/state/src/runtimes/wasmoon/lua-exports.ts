/** What wasmoon's WebAssembly module exports, as far as we use it: Lua's C API and Emscripten's few helpers. */
import {
  WebAssembly,
  type WasmModule,
  type WasmMemoryObject,
  type WasmTable,
} from '../../web-assembly/web-assembly.ts'

const functionNames = [
  'lua_close',
  'luaL_openlibs',
  'luaL_newstate',
  'lua_setallocf',
  'lua_gettop',
  'lua_settop',
  'lua_checkstack',
  'lua_rotate',
  'lua_xmove',
  'lua_pushnil',
  'lua_pushboolean',
  'lua_pushnumber',
  'lua_pushlstring',
  'lua_pushstring',
  'lua_pushcclosure',
  'lua_pushlightuserdata',
  'lua_pushlightuserdata',
  'lua_pushvalue',
  'lua_createtable',
  'lua_newuserdatauv',
  'lua_newthread',
  'lua_pushthread',
  'lua_type',
  'lua_toboolean',
  'lua_tonumberx',
  'lua_isinteger',
  'lua_tolstring',
  'lua_tocfunction',
  'lua_topointer',
  'lua_touserdata',
  'lua_tothread',
  'lua_rawget',
  'lua_rawset',
  'lua_rawequal',
  'lua_next',
  'lua_getmetatable',
  'lua_setmetatable',
  'luaL_checklstring',
  'luaL_ref',
  'luaL_unref',
  'lua_pcallk',
  'luaL_loadbufferx',
  'luaL_loadstring',
  'lua_resume',
  'lua_status',
  'lua_getstack',
  'lua_getinfo',
  'lua_isyieldable',
  'lua_error',
  'lua_sethook',
  'lua_gethook',
  'lua_gethookmask',
  'lua_gethookcount',
  'malloc',
  'realloc',
  'free',
  'setThrew',
  'stackSave',
  'stackRestore',
  'emscripten_stack_init',
  '__wasm_call_ctors',
] as const

/** 64-bit integers are BigInts. */
interface WithBigInts {
  lua_rawgeti(L: number, index: number, key: bigint): number
  lua_pushinteger(L: number, value: bigint): void
  lua_rawlen(L: number, index: number): bigint
  lua_tointegerx(L: number, index: number, isNumber: number): bigint
}

const bigIntNames: readonly (keyof WithBigInts)[] = [
  'lua_rawgeti',
  'lua_pushinteger',
  'lua_rawlen',
  'lua_tointegerx',
]

export type LuaExports = Record<(typeof functionNames)[number], (...args: number[]) => number> &
  WithBigInts & {
    readonly memory: WasmMemoryObject
    readonly __indirect_function_table: WasmTable
  }

const neededExports: readonly string[] = [
  ...functionNames,
  ...bigIntNames,
  'memory',
  '__indirect_function_table',
]

/** The names that the module lacks. */
export function missingExports(module: WasmModule): string[] {
  const exported = new Set(WebAssembly.Module.exports(module).map(({ name }) => name))
  return neededExports.filter(name => !exported.has(name))
}
