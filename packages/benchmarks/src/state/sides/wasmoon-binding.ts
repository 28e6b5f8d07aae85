/**
 * wasmoon's low-level functions: the exports of its WebAssembly module, called directly (its `lua.lua_*`
 * wrappers cost ten times as much). Pointers are numbers, int64 are bigints, texts are copied by hand.
 */
import { LuaFactory } from 'wasmoon'
import type { Binding } from './by-hand.ts'

type Pointer = number

interface Module {
  readonly HEAPU8: Uint8Array
  readonly HEAPU32: Uint32Array
  stringToUTF8: (text: string, at: Pointer, size: number) => number
  addFunction: (callback: (L: Pointer) => number, signature: string) => Pointer
  removeFunction: (at: Pointer) => void
  _malloc: (size: number) => Pointer
  _luaL_newstate: () => Pointer
  _luaL_openlibs: (L: Pointer) => void
  _luaL_loadstring: (L: Pointer, chunk: Pointer) => number
  _luaL_ref: (L: Pointer, index: number) => number
  _lua_close: (L: Pointer) => void
  _lua_settop: (L: Pointer, top: number) => void
  _lua_type: (L: Pointer, index: number) => number
  _lua_tonumberx: (L: Pointer, index: number, valid: Pointer) => number
  _lua_toboolean: (L: Pointer, index: number) => number
  _lua_tolstring: (L: Pointer, index: number, length: Pointer) => Pointer
  _lua_pushnil: (L: Pointer) => void
  _lua_pushnumber: (L: Pointer, value: number) => void
  _lua_pushlstring: (L: Pointer, at: Pointer, length: number) => Pointer
  _lua_pushcclosure: (L: Pointer, callback: Pointer, upvalues: number) => void
  _lua_error: (L: Pointer) => number
  _lua_createtable: (L: Pointer, list: number, keys: number) => void
  _lua_setfield: (L: Pointer, index: number, key: Pointer) => void
  _lua_setglobal: (L: Pointer, name: Pointer) => void
  _lua_next: (L: Pointer, index: number) => number
  _lua_pcallk: (
    L: Pointer,
    args: number,
    results: number,
    handler: number,
    context: number,
    k: Pointer,
  ) => number
  _lua_rawgeti: (L: Pointer, index: number, key: bigint) => number
}

const registryIndex = -1_001_000
/** Every text here is shorter. */
const roomSize = 65_536

export async function wasmoonBinding(): Promise<Binding<Pointer, bigint>> {
  const { module } = await new LuaFactory().getLuaModule()
  return bindingOf(module as unknown as Module)
}

function bindingOf(m: Module): Binding<Pointer, bigint> {
  const { _malloc: malloc, stringToUTF8, addFunction, removeFunction } = m
  const { _luaL_loadstring: loadString, _luaL_ref: ref, _lua_tolstring: toString } = m
  const { _lua_tonumberx: toNumber, _lua_pushlstring: pushString, _lua_pushcclosure: pushClosure } = m
  const { _lua_setfield: setField, _lua_setglobal: setGlobal, _lua_pcallk: pcall, _lua_rawgeti: rawGet } = m
  const room = malloc(roomSize)
  const length = malloc(4)
  const write = (text: string) => stringToUTF8(text, room, roomSize)
  const placed = (text: string) => (write(text), room)
  return {
    ...samesOf(m),
    toNumber: (L, index) => toNumber(L, index, 0),
    toText(L, index) {
      const start = toString(L, index, length)
      return textAt(m.HEAPU8, start, start + (m.HEAPU32[length >> 2] as number))
    },
    pushText: (L, text) => pushString(L, room, write(text)),
    pushFunction(L, callback) {
      const pointer = addFunction(callback, 'ii')
      pushClosure(L, pointer, 0)
      return () => removeFunction(pointer)
    },
    setField: (L, index, key) => setField(L, index, placed(key)),
    setGlobal: (L, name) => setGlobal(L, placed(name)),
    load: (L, chunk) => loadString(L, placed(chunk)),
    call: (L, args, results) => pcall(L, args, results, 0, 0, 0),
    keep: L => BigInt(ref(L, registryIndex)),
    pushKept: (L, kept) => rawGet(L, registryIndex, kept),
  }
}

/** What is called as it is. */
function samesOf({
  _luaL_newstate: newState,
  _luaL_openlibs: openLibraries,
  _lua_close: close,
  _lua_settop: setTop,
  _lua_type: type,
  _lua_toboolean: toBoolean,
  _lua_pushnil: pushNil,
  _lua_pushnumber: pushNumber,
  _lua_error: error,
  _lua_createtable: createTable,
  _lua_next: next,
}: Module) {
  return {
    newState,
    openLibraries,
    close,
    setTop,
    type,
    toBoolean,
    pushNil,
    pushNumber,
    error,
    createTable,
    next,
  }
}

function textAt(memory: Uint8Array, start: number, end: number): string {
  return Buffer.from(memory.buffer, memory.byteOffset).toString('utf8', start, end)
}
