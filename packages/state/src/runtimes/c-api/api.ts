/**
 * Lua's C API as JS sees it, whatever calls it: WebAssembly or a shared library. Pointers and threads are numbers,
 * strings are addresses. Twins of the versions (`lua_pcall` and `lua_pcallk`, `lua_objlen` and `lua_rawlen`) bear
 * the name of 5.1 without its prefix; each binding brings them to one shape.
 *
 * Whatever can raise an error of Lua is called under `pcall` only: outside, Lua ends the process.
 */

import type { Thread } from '../../machine/machine.ts'

/** An address; 53 bits are more than any platform uses. */
export type Pointer = number

/** A `lua_State *`: the main thread or a coroutine. */
export type LuaPointer = Pointer

export interface Api {
  close(L: LuaPointer): void
  openlibs(L: LuaPointer): void

  gettop(L: LuaPointer): number
  settop(L: LuaPointer, top: number): void
  checkstack(L: LuaPointer, count: number): number
  /** Moves the top value to `index`. */
  insert(L: LuaPointer, index: number): void
  xmove(from: LuaPointer, to: LuaPointer, count: number): void

  pushnil(L: LuaPointer): void
  pushboolean(L: LuaPointer, value: number): void
  pushnumber(L: LuaPointer, value: number): void
  /** Without integers in the language: a number. */
  pushinteger(L: LuaPointer, value: number | bigint): void
  pushlstring(L: LuaPointer, bytes: Pointer, length: number): void
  /** ASCII text, of as many characters as bytes. */
  readonly pushtext?: (L: LuaPointer, text: string, length: number) => void
  /** As a field of the table at `index`, which has no metatable: takes the value on top. The name is ASCII without NUL. */
  readonly setfield?: (L: LuaPointer, index: number, name: string) => void
  pushcclosure(L: LuaPointer, entry: Pointer, upvalues: number): void
  pushlightuserdata(L: LuaPointer, value: Pointer): void
  pushvalue(L: LuaPointer, index: number): void
  pushglobaltable(L: LuaPointer): void
  createtable(L: LuaPointer, list: number, record: number): void
  newuserdata(L: LuaPointer, size: number): Pointer
  newthread(L: LuaPointer): LuaPointer
  /** 1 for the main thread. */
  pushthread(L: LuaPointer): number

  type(L: LuaPointer, index: number): number
  toboolean(L: LuaPointer, index: number): number
  tonumber(L: LuaPointer, index: number): number
  /** Whether a number is an integer of the language; 0 in versions without them. */
  isinteger(L: LuaPointer, index: number): number
  tointeger(L: LuaPointer, index: number): number | bigint
  /** Gives the bytes, and writes their number to `length`. */
  tolstring(L: LuaPointer, index: number, length: Pointer): Pointer
  /** The same as text: whole where it is ASCII without NUL, else anything of another length or with U+FFFD. */
  readonly totext?: (L: LuaPointer, index: number, length: Pointer) => string
  topointer(L: LuaPointer, index: number): Pointer
  touserdata(L: LuaPointer, index: number): Pointer
  tothread(L: LuaPointer, index: number): LuaPointer

  rawget(L: LuaPointer, index: number): void
  rawset(L: LuaPointer, index: number): void
  rawgeti(L: LuaPointer, index: number, key: number): void
  rawlen(L: LuaPointer, index: number): number
  rawequal(L: LuaPointer, index: number, other: number): number
  next(L: LuaPointer, index: number): number
  getmetatable(L: LuaPointer, index: number): number
  setmetatable(L: LuaPointer, index: number): void
  ref(L: LuaPointer, table: number): number
  unref(L: LuaPointer, table: number, slot: number): void

  /** `handler` is the index of the message handler, or 0. */
  pcall(L: LuaPointer, args: number, results: number, handler: number): number
  /** `name` ends with NUL. */
  loadbuffer(L: LuaPointer, bytes: Pointer, length: number, name: Pointer): number
  resume(L: LuaPointer, from: LuaPointer, args: number): number
  status(L: LuaPointer): number
  /** Whether the thread has a function at this level. `debug` is room for a `lua_Debug`. */
  getstack(L: LuaPointer, level: number, debug: Pointer): number
  /** Where the version can't tell, whatever is not the main thread is yieldable. */
  isyieldable(L: LuaPointer): number

  sethook(L: LuaPointer, hook: Pointer, mask: number, count: number): void
  gethook(L: LuaPointer): Pointer
  gethookmask(L: LuaPointer): number
  gethookcount(L: LuaPointer): number
  /** Stops (0) or restarts (1) the collector. */
  gc(L: LuaPointer, what: number): void
}

/** What the numbers of the C API are in a version of Lua, https://www.lua.org/manual/5.4/manual.html#4.3 */
export interface Dialect {
  readonly version: '5.1' | '5.2' | '5.3' | '5.4'
  readonly registryIndex: number
  /** The pseudo-index of the running C function's first upvalue. */
  readonly firstUpvalue: number
  readonly hasIntegers: boolean
  /** An error in `__gc` reaches whoever happens to allocate: in JS, where nothing can catch it. */
  readonly finalizersRaise: boolean
}

export const maskCount = 8

const since52 = { registryIndex: -1_001_000, firstUpvalue: -1_001_001 }

export const dialects: Record<Dialect['version'], Dialect> = {
  '5.1': {
    version: '5.1',
    registryIndex: -10_000,
    firstUpvalue: -10_003,
    hasIntegers: false,
    finalizersRaise: true,
  },
  '5.2': { version: '5.2', ...since52, hasIntegers: false, finalizersRaise: true },
  '5.3': { version: '5.3', ...since52, hasIntegers: true, finalizersRaise: true },
  '5.4': { version: '5.4', ...since52, hasIntegers: true, finalizersRaise: false },
}

/** To the rest of the package a thread is opaque. */
export function threadOf(L: LuaPointer): Thread {
  return L as unknown as Thread
}

export function pointerOf(thread: Thread): LuaPointer {
  return thread as unknown as LuaPointer
}
