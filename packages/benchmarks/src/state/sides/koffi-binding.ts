/**
 * Calls into the runtime's shared library, written by hand with koffi: pointers are numbers, and a text comes
 * out as `char *`, which is the fastest way and cuts it at its first NUL.
 */
import koffi, { type LibraryHandle } from 'koffi'
import type { Binding } from './by-hand.ts'

export type NativeRuntime = 'luajit' | 'lua5.1' | 'lua5.2' | 'lua5.3' | 'lua5.4'

type Pointer = number
// What koffi makes of a declaration takes and gives anything.
type Native = ReturnType<LibraryHandle['func']>

/** Throws koffi's error where no library can be loaded. */
export function koffiBinding(runtime: NativeRuntime): Binding<Pointer, number> {
  const library = firstLoaded(libraryNames(runtime))
  const func = (name: string, result: string, ...args: string[]): Native => library.func(name, result, args)
  const L = 'intptr_t'
  const callback = koffi.pointer(koffi.proto('int (intptr_t L)'))
  const pushClosure = func('lua_pushcclosure', 'void', L, callback as never, 'int')
  const registry = runtime === 'luajit' || runtime === 'lua5.1' ? -10_000 : -1_001_000
  const ref = func('luaL_ref', 'int', L, 'int')
  const pushLString = func('lua_pushlstring', 'intptr_t', L, 'str', 'size_t')
  const rawGetI = func(
    'lua_rawgeti',
    'int',
    L,
    'int',
    runtime === 'lua5.3' || runtime === 'lua5.4' ? 'int64_t' : 'int',
  )
  const toString = func('lua_tolstring', 'str', L, 'int', 'intptr_t')
  return {
    newState: func('luaL_newstate', 'intptr_t'),
    openLibraries: func('luaL_openlibs', 'void', L),
    close: func('lua_close', 'void', L),
    setTop: func('lua_settop', 'void', L, 'int'),
    type: func('lua_type', 'int', L, 'int'),
    toBoolean: func('lua_toboolean', 'int', L, 'int'),
    toText: (state, index) => toString(state, index, 0),
    pushNil: func('lua_pushnil', 'void', L),
    pushNumber: func('lua_pushnumber', 'void', L, 'double'),
    pushText: (state, text) => pushLString(state, text, Buffer.byteLength(text)),
    pushFunction(state, body) {
      const registered = koffi.register(body, callback)
      pushClosure(state, registered, 0)
      return () => koffi.unregister(registered)
    },
    createTable: func('lua_createtable', 'void', L, 'int', 'int'),
    setField: func('lua_setfield', 'void', L, 'int', 'str'),
    next: func('lua_next', 'int', L, 'int'),
    load: func('luaL_loadstring', 'int', L, 'str'),
    keep: state => ref(state, registry),
    pushKept: (state, kept) => rawGetI(state, registry, kept),
    ...(registry === -10_000 ? since51(func) : since52(func)),
  }
}

type Versioned = Pick<Binding<Pointer, number>, 'toNumber' | 'call' | 'setGlobal'>
type Func = (name: string, result: string, ...args: string[]) => Native

function since51(func: Func): Versioned {
  const pcall = func('lua_pcall', 'int', 'intptr_t', 'int', 'int', 'int')
  const setField = func('lua_setfield', 'void', 'intptr_t', 'int', 'str')
  return {
    toNumber: func('lua_tonumber', 'double', 'intptr_t', 'int'),
    call: (L, args, results) => pcall(L, args, results, 0),
    setGlobal: (L, name) => setField(L, -10_002, name),
  }
}

function since52(func: Func): Versioned {
  const toNumber = func('lua_tonumberx', 'double', 'intptr_t', 'int', 'intptr_t')
  const pcall = func('lua_pcallk', 'int', 'intptr_t', 'int', 'int', 'int', 'intptr_t', 'intptr_t')
  return {
    toNumber: (L, index) => toNumber(L, index, 0),
    call: (L, args, results) => pcall(L, args, results, 0, 0, 0),
    setGlobal: func('lua_setglobal', 'void', 'intptr_t', 'str'),
  }
}

function firstLoaded(names: readonly string[]): LibraryHandle {
  let first: unknown
  for (const name of names) {
    try {
      return koffi.load(name)
    } catch (error) {
      first ??= error
    }
  }
  throw first
}

/** As Linux, macOS and Windows name them. */
function libraryNames(runtime: NativeRuntime): string[] {
  if (runtime === 'luajit') return ['libluajit-5.1.so.2', 'libluajit-5.1.2.dylib', 'lua51.dll']
  const version = runtime.slice(3)
  return [`liblua${version}.so.0`, `liblua${version}.dylib`, `lua${version.replace('.', '')}.dll`]
}
