/**
 * The C API of a shared library, twins of the versions brought to one shape.
 *
 * A call costs 30 ns; what JS does around it must not cost more. So each function is koffi's own wherever its
 * arguments are those of `Api`. Pointers are `intptr_t`: numbers.
 */
import { dialects, type Api, type Dialect } from '../c-api/api.ts'
import type { NativeLibrary } from './koffi.ts'

type Call = (...args: (number | bigint)[]) => number
type Signature = readonly [name: string, result: string, ...args: string[]]

const pointer = 'intptr_t'
const thread = pointer

/** The same in every version. */
const everywhere = {
  close: ['lua_close', 'void', thread],
  openlibs: ['luaL_openlibs', 'void', thread],
  gettop: ['lua_gettop', 'int', thread],
  settop: ['lua_settop', 'void', thread, 'int'],
  checkstack: ['lua_checkstack', 'int', thread, 'int'],
  xmove: ['lua_xmove', 'void', thread, thread, 'int'],
  pushnil: ['lua_pushnil', 'void', thread],
  pushboolean: ['lua_pushboolean', 'void', thread, 'int'],
  pushnumber: ['lua_pushnumber', 'void', thread, 'double'],
  pushlstring: ['lua_pushlstring', 'void', thread, pointer, 'size_t'],
  pushtext: ['lua_pushlstring', 'void', thread, 'str', 'size_t'],
  setfield: ['lua_setfield', 'void', thread, 'int', 'str'],
  totext: ['lua_tolstring', 'str', thread, 'int', pointer],
  pushcclosure: ['lua_pushcclosure', 'void', thread, pointer, 'int'],
  pushlightuserdata: ['lua_pushlightuserdata', 'void', thread, pointer],
  pushvalue: ['lua_pushvalue', 'void', thread, 'int'],
  createtable: ['lua_createtable', 'void', thread, 'int', 'int'],
  newthread: ['lua_newthread', pointer, thread],
  pushthread: ['lua_pushthread', 'int', thread],
  type: ['lua_type', 'int', thread, 'int'],
  toboolean: ['lua_toboolean', 'int', thread, 'int'],
  tolstring: ['lua_tolstring', pointer, thread, 'int', pointer],
  topointer: ['lua_topointer', pointer, thread, 'int'],
  touserdata: ['lua_touserdata', pointer, thread, 'int'],
  tothread: ['lua_tothread', pointer, thread, 'int'],
  rawget: ['lua_rawget', 'void', thread, 'int'],
  rawset: ['lua_rawset', 'void', thread, 'int'],
  rawequal: ['lua_rawequal', 'int', thread, 'int', 'int'],
  next: ['lua_next', 'int', thread, 'int'],
  getmetatable: ['lua_getmetatable', 'int', thread, 'int'],
  setmetatable: ['lua_setmetatable', 'void', thread, 'int'],
  ref: ['luaL_ref', 'int', thread, 'int'],
  unref: ['luaL_unref', 'void', thread, 'int', 'int'],
  status: ['lua_status', 'int', thread],
  getstack: ['lua_getstack', 'int', thread, 'int', pointer],
  sethook: ['lua_sethook', 'void', thread, pointer, 'int', 'int'],
  gethook: ['lua_gethook', pointer, thread],
  gethookmask: ['lua_gethookmask', 'int', thread],
  gethookcount: ['lua_gethookcount', 'int', thread],
} as const satisfies Partial<Record<keyof Api, Signature>>

const globalsIndex51 = -10_002
const globalsSlot = 2

/** `version` is the API's: LuaJIT has that of 5.1. */
export function createApi(library: NativeLibrary, version: Dialect['version'], yieldable: boolean): Api {
  const get: Get = (name, result, ...args) => library.func(name, result, args) as Call
  const same = Object.fromEntries(
    Object.entries<Signature>(everywhere).map(([name, signature]) => [name, get(...signature)]),
  ) as unknown as Pick<Api, keyof typeof everywhere>
  const hasIntegers = dialects[version].hasIntegers
  return {
    ...same,
    ...(version === '5.1' ? valuesIn51(get, same) : valuesSince52(get, version)),
    ...(hasIntegers ? integersSince53(get) : withoutIntegers(get, same)),
    ...callsIn(get, version),
    isyieldable: yieldable ? get('lua_isyieldable', 'int', thread) : unlessMain(same),
    gc: collectorOf(get),
  }
}

type Get = (...signature: Signature) => Call

function valuesIn51(get: Get, { pushvalue }: Pick<Api, 'pushvalue'>) {
  return {
    pushglobaltable: (L: number) => pushvalue(L, globalsIndex51),
    newuserdata: get('lua_newuserdata', pointer, thread, 'size_t'),
    rawlen: get('lua_objlen', 'size_t', thread, 'int'),
    tonumber: get('lua_tonumber', 'double', thread, 'int'),
    rawgeti: get('lua_rawgeti', 'void', thread, 'int', 'int'),
  }
}

function valuesSince52(get: Get, version: Dialect['version']) {
  const { registryIndex, hasIntegers } = dialects[version]
  const rawgeti = get('lua_rawgeti', 'void', thread, 'int', hasIntegers ? 'int64_t' : 'int')
  const tonumber = get('lua_tonumberx', 'double', thread, 'int', pointer)
  return {
    rawgeti,
    pushglobaltable: (L: number) => void rawgeti(L, registryIndex, globalsSlot),
    newuserdata: version === '5.4' ? userdataSince54(get) : get('lua_newuserdata', pointer, thread, 'size_t'),
    rawlen: get('lua_rawlen', 'size_t', thread, 'int'),
    tonumber: (L: number, index: number) => tonumber(L, index, 0),
  }
}

function userdataSince54(get: Get): Api['newuserdata'] {
  const make = get('lua_newuserdatauv', pointer, thread, 'size_t', 'int')
  return (L, size) => make(L, size, 0)
}

function integersSince53(get: Get) {
  const rotate = get('lua_rotate', 'void', thread, 'int', 'int')
  const tointeger = get('lua_tointegerx', 'int64_t', thread, 'int', pointer)
  return {
    insert: (L: number, index: number) => void rotate(L, index, 1),
    pushinteger: get('lua_pushinteger', 'void', thread, 'int64_t'),
    isinteger: get('lua_isinteger', 'int', thread, 'int'),
    tointeger: (L: number, index: number) => tointeger(L, index, 0),
  }
}

function withoutIntegers(get: Get, { pushnumber }: Pick<Api, 'pushnumber'>) {
  return {
    insert: get('lua_insert', 'void', thread, 'int'),
    pushinteger: (L: number, value: number | bigint) => pushnumber(L, Number(value)),
    isinteger: () => 0,
    tointeger: () => 0,
  }
}

function callsIn(get: Get, version: Dialect['version']): Pick<Api, 'pcall' | 'loadbuffer' | 'resume'> {
  if (version === '5.1') {
    const resume = get('lua_resume', 'int', thread, 'int')
    return {
      pcall: get('lua_pcall', 'int', thread, 'int', 'int', 'int'),
      loadbuffer: get('luaL_loadbuffer', 'int', thread, pointer, 'size_t', pointer),
      resume: (L, _from, args) => resume(L, args),
    }
  }
  const pcall = get('lua_pcallk', 'int', thread, 'int', 'int', 'int', pointer, pointer)
  const load = get('luaL_loadbufferx', 'int', thread, pointer, 'size_t', pointer, pointer)
  return {
    pcall: (L, args, results, handler) => pcall(L, args, results, handler, 0, 0),
    loadbuffer: (L, bytes, length, name) => load(L, bytes, length, name, 0),
    resume: version === '5.4' ? resumeSince54(get) : get('lua_resume', 'int', thread, thread, 'int'),
  }
}

/** The number of results, which nobody asks for: they are all that lies on the thread. */
function resumeSince54(get: Get): Api['resume'] {
  const resume = get('lua_resume', 'int', thread, thread, 'int', 'int *')
  const count = [0]
  return (L, from, args) => resume(L, from, args, count as unknown as number)
}

function unlessMain({ pushthread, settop }: Pick<Api, 'pushthread' | 'settop'>): Api['isyieldable'] {
  return L => {
    const main = pushthread(L)
    settop(L, -2)
    return main === 0 ? 1 : 0
  }
}

function collectorOf(get: Get): Api['gc'] {
  const gc = get('lua_gc', 'int', thread, 'int', 'int')
  return (L, what) => void gc(L, what, 0)
}
