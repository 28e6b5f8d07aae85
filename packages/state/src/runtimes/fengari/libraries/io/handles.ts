/** File handles: userdata of Lua with the metatable `FILE*`. */
import { lauxlib, lua, name, type L } from '../../binding.ts'
import type { Stream } from './stream.ts'

export const metatableName = name('FILE*')

export function pushHandle(L: L, stream: Stream): void {
  const data = lua.lua_newuserdata(L, 0)
  data['stream'] = stream
  lauxlib.luaL_setmetatable(L, metatableName)
}

/** The stream of an argument, open or closed; undefined for what is no file handle. */
export function streamAt(L: L, index: number): Stream | undefined {
  const data = lauxlib.luaL_testudata(L, index, metatableName) as Record<string, unknown> | null
  return data?.['stream'] as Stream | undefined
}

/** Raises Lua's usual errors for a wrong or closed handle. */
export function checkStream(L: L, index: number): Stream {
  lauxlib.luaL_checkudata(L, index, metatableName)
  const stream = streamAt(L, index)
  if (stream?.open === true) return stream
  return lauxlib.luaL_error(L, name('attempt to use a closed file'))
}
