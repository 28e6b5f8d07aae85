/** The methods of file handles: `file:read`, `file:lines`, `file:write`, `file:seek`, ... */
import { encoded, lauxlib, lua, name, type CFunction, type L } from '../../binding.ts'
import { pushText } from '../define-functions.ts'
import { pushFailure, systemResult } from '../system-error.ts'
import { checkStream, streamAt } from './handles.ts'
import { readFormats } from './read-formats.ts'
import type { Stream } from './stream.ts'

export const fileMethods: Readonly<Record<string, CFunction>> = {
  close: L => closeStream(L, checkStream(L, 1)),
  read: L => readFrom(L, checkStream(L, 1), 2),
  lines: L => pushLines(L, checkStream(L, 1), 2, false),
  write: L => {
    const stream = checkStream(L, 1)
    const failed = writeTo(L, stream, 2)
    if (failed !== undefined) return failed
    lua.lua_settop(L, 1)
    return 1
  },
  seek: L => {
    const stream = checkStream(L, 1)
    const whences = ['set', 'cur', 'end']
    const whence = whences[lauxlib.luaL_checkoption(L, 2, name('cur'), whences.map(name))] ?? 'cur'
    const offset = lauxlib.luaL_optinteger(L, 3, 0)
    try {
      lua.lua_pushinteger(L, stream.seek(whence, offset))
      return 1
    } catch (error) {
      return pushFailure(L, error)
    }
  },
  flush: L => succeed(L),
  setvbuf: L => {
    lauxlib.luaL_checkoption(L, 2, null, ['no', 'full', 'line'].map(name))
    return succeed(L)
  },
  __tostring: L => {
    const stream = streamAt(L, 1)
    pushText(L, stream?.open === true ? `file (${stream.name})` : 'file (closed)')
    return 1
  },
}

export function readFrom(L: L, stream: Stream, first: number): number {
  try {
    return readFormats(L, stream, first)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).errno === undefined) throw error
    return pushFailure(L, error)
  }
}

/** Gives undefined on success, else the number of results. */
export function writeTo(L: L, stream: Stream, first: number): number | undefined {
  const last = lua.lua_gettop(L)
  for (let index = first; index <= last; index++) {
    const bytes = lauxlib.luaL_checkstring(L, index)
    try {
      stream.write(bytes)
    } catch (error) {
      return pushFailure(L, error)
    }
  }
  return undefined
}

export function closeStream(L: L, stream: Stream): number {
  return systemResult(L, undefined, () => stream.close())
}

/** Pushes an iterator over the formats from `first` on. `closing`: at the end the file is closed. */
export function pushLines(L: L, stream: Stream, first: number, closing: boolean): number {
  const formats = formatsFrom(L, first)
  lua.lua_pushcfunction(L, running => {
    if (!stream.open) return lauxlib.luaL_error(running, name('file is already closed'))
    lua.lua_settop(running, 0)
    for (const format of formats) pushFormat(running, format)
    const results = readFrom(running, stream, 1)
    if (closing && lua.lua_type(running, -results) === 0) stream.close()
    return results
  })
  return 1
}

function formatsFrom(L: L, first: number): (string | number)[] {
  const formats: (string | number)[] = []
  for (let index = first; index <= lua.lua_gettop(L); index++) {
    const isNumber = lua.lua_type(L, index) === 3
    formats.push(
      isNumber
        ? lauxlib.luaL_checkinteger(L, index)
        : Buffer.from(lauxlib.luaL_checkstring(L, index)).toString(),
    )
  }
  return formats
}

function pushFormat(L: L, format: string | number): void {
  if (typeof format === 'number') lua.lua_pushinteger(L, format)
  else lua.lua_pushstring(L, encoded(format))
}

/** Nothing is buffered on its way out. */
function succeed(L: L): number {
  checkStream(L, 1)
  lua.lua_pushboolean(L, true)
  return 1
}
