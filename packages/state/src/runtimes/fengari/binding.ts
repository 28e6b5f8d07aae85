/**
 * The one door to fengari, which has no types: what we use of it, cast once. The parts that are not of its
 * public C API (`TValue`, the classes of values) are in `internals`.
 */
import { createRequire } from 'node:module'
import path from 'node:path'
import { hideFramesOf } from '../../stack.ts'
import type { Table, TValue, Udata } from './values.ts'

interface CallInfo {
  func: TValue | null
  funcOff: number
  top: number
  /** Of a function of Lua: which instruction is next. */
  l_savedpc: number
}

/** A thread of Lua. */
export interface L {
  stack: TValue[]
  top: number
  ci: CallInfo
  status: number
  nny: number
  nCcalls: number
  allowhook: number
  errfunc: number
  hook: Hook | null
  hookmask: number
  basehookcount: number
  hookcount: number
  l_G: { mainthread: L; l_registry: { value: Table }; mt: (Table | null | undefined)[] }
  /** Ours: the thread that resumed this one, while it runs. */
  resumedBy?: L | undefined
  /** Ours: the thread that this one has resumed, while it runs. */
  resumes?: L | undefined
}

export type CFunction = (L: L) => number
export type Hook = (L: L, ar: Debug) => void

export interface Debug {
  event: number
  name: Uint8Array | null
  namewhat: Uint8Array | null
  what: Uint8Array
  source: Uint8Array
  short_src: Uint8Array
  currentline: number
  linedefined: number
}

interface Lua {
  LUA_REGISTRYINDEX: number
  LUA_MULTRET: number
  LUA_OK: number
  LUA_YIELD: number
  LUA_MASKCOUNT: number
  LUA_MASKCALL: number
  LUA_MASKRET: number
  LUA_MASKLINE: number
  LUA_HOOKCOUNT: number
  lua_Debug: new () => Debug
  lua_atnativeerror(L: L, handler: CFunction | null): CFunction | null
  lua_call(L: L, args: number, results: number): void
  lua_callk(L: L, args: number, results: number, context: unknown, k: CFunction): void
  lua_checkstack(L: L, count: number): boolean
  lua_close(L: L): void
  lua_createtable(L: L, narray: number, nrec: number): void
  lua_error(L: L): never
  lua_getfield(L: L, index: number, key: Uint8Array): number
  lua_getinfo(L: L, what: Uint8Array, ar: Debug): number
  lua_getmetatable(L: L, index: number): boolean
  lua_getstack(L: L, level: number, ar: Debug): number
  lua_gettop(L: L): number
  lua_insert(L: L, index: number): void
  lua_isyieldable(L: L): boolean
  lua_load(
    L: L,
    reader: (L: L, data: { bytes: Uint8Array | null }) => Uint8Array | null,
    data: { bytes: Uint8Array | null },
    name: Uint8Array,
    mode: Uint8Array | null,
  ): number
  lua_newthread(L: L): L
  lua_newuserdata(L: L, size: number): Record<PropertyKey, unknown>
  lua_next(L: L, index: number): number
  lua_pcall(L: L, args: number, results: number, handler: number): number
  lua_pcallk(
    L: L,
    args: number,
    results: number,
    handler: number,
    context: number,
    k: (L: L, status: number, context: number) => number,
  ): number
  lua_pushboolean(L: L, value: boolean): void
  lua_pushcclosure(L: L, f: CFunction, upvalues: number): void
  lua_pushcfunction(L: L, f: CFunction): void
  lua_pushglobaltable(L: L): void
  lua_pushinteger(L: L, value: number): void
  lua_pushnil(L: L): void
  lua_pushnumber(L: L, value: number): void
  lua_pushstring(L: L, value: Uint8Array): void
  lua_pushthread(L: L): boolean
  lua_pushvalue(L: L, index: number): void
  lua_rawget(L: L, index: number): number
  lua_rawgeti(L: L, index: number, key: number): number
  lua_rawlen(L: L, index: number): number
  lua_rawset(L: L, index: number): void
  lua_rawseti(L: L, index: number, key: number): void
  lua_remove(L: L, index: number): void
  lua_rotate(L: L, index: number, n: number): void
  lua_resume(L: L, from: L, args: number): number
  lua_setfield(L: L, index: number, key: Uint8Array): void
  lua_sethook(L: L, hook: Hook | null, mask: number, count: number): void
  lua_setmetatable(L: L, index: number): void
  lua_settop(L: L, top: number): void
  lua_setupvalue(L: L, index: number, n: number): Uint8Array | null
  lua_status(L: L): number
  lua_stringtonumber(L: L, bytes: Uint8Array): number
  lua_toboolean(L: L, index: number): boolean
  lua_tolstring(L: L, index: number): Uint8Array | null
  lua_touserdata(L: L, index: number): unknown
  lua_tothread(L: L, index: number): L | null
  lua_type(L: L, index: number): number
  lua_upvalueindex(n: number): number
  lua_xmove(from: L, to: L, count: number): void
  lua_yieldk(L: L, results: number, context: unknown, k: CFunction): number
}

interface Lauxlib {
  luaL_argerror(L: L, arg: number, message: Uint8Array): never
  luaL_checkany(L: L, arg: number): void
  luaL_checkinteger(L: L, arg: number): number
  luaL_checkoption(L: L, arg: number, fallback: Uint8Array | null, options: Uint8Array[]): number
  luaL_checkstring(L: L, arg: number): Uint8Array
  luaL_checkudata(L: L, arg: number, name: Uint8Array): unknown
  luaL_checktype(L: L, arg: number, type: number): void
  luaL_error(L: L, format: Uint8Array, ...values: unknown[]): never
  luaL_getmetafield(L: L, index: number, name: Uint8Array): number
  luaL_newmetatable(L: L, name: Uint8Array): number
  luaL_newstate(): L
  luaL_setmetatable(L: L, name: Uint8Array): void
  luaL_testudata(L: L, index: number, name: Uint8Array): unknown
  luaL_optinteger(L: L, arg: number, fallback: number): number
  luaL_requiref(L: L, name: Uint8Array, open: CFunction, global: number): void
  luaL_tolstring(L: L, index: number): Uint8Array
  luaL_traceback(L: L, from: L, message: Uint8Array | null, level: number): void
}

interface Lualib {
  luaopen_base: CFunction
  luaopen_coroutine: CFunction
  luaopen_debug: CFunction
  luaopen_io: CFunction
  luaopen_math: CFunction
  luaopen_os: CFunction
  luaopen_package: CFunction
  luaopen_string: CFunction
  luaopen_table: CFunction
  luaopen_utf8: CFunction
}

interface Fengari {
  lua: Lua
  lauxlib: Lauxlib
  lualib: Lualib
}

/** fengari's classes of values, and what it does with tables. */
interface Internals {
  TValue: new (type: number, value: unknown) => TValue
  CClosure: new (...args: never[]) => { f: CFunction }
  LClosure: new (...args: never[]) => object
  Udata: new (...args: never[]) => Udata
  Table: new (...args: never[]) => Table
  TString: new (L: L, bytes: Uint8Array) => { getstr(): Uint8Array }
  lua_State: new (...args: never[]) => L
  /** Past all metamethods; nil removes the entry. */
  luaH_setfrom(this: void, L: L, table: Table, key: TValue, value: TValue): void
  luaS_eqlngstr(this: void, one: unknown, other: unknown): boolean
}

const require = createRequire(import.meta.url)
/** Of its files. */
export const folder = path.dirname(require.resolve('fengari'))
hideFramesOf(folder)

const fengari = require('fengari') as Fengari

export const { lua, lauxlib, lualib } = fengari

export const internals = {
  ...require('fengari/src/lobject.js'),
  ...require('fengari/src/ltable.js'),
  ...require('fengari/src/lstring.js'),
  ...require('fengari/src/lstate.js'),
} as Internals

/** Type tags of fengari's values, with the variants of Lua 5.3. */
export const tags = {
  nil: 0,
  boolean: 1,
  lightUserdata: 2,
  float: 3,
  integer: 3 | (1 << 4),
  string: 4 | (1 << 4),
  table: 5,
  luaClosure: 6,
  lightFunction: 6 | (1 << 4),
  closure: 6 | (2 << 4),
  userdata: 7,
  thread: 8,
} as const

const encoder = new TextEncoder()
const names = new Map<string, Uint8Array>()

/** Lua's bytes of a name that the code uses, made once. */
export function name(text: string): Uint8Array {
  let bytes = names.get(text)
  if (bytes === undefined) names.set(text, (bytes = encoder.encode(text)))
  return bytes
}

/** Lua's bytes of any text. */
export function encoded(text: string): Uint8Array {
  return encoder.encode(text)
}
