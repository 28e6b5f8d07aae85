/** The formats of `read` and `lines`: 'n', 'l', 'L', 'a' (with or without `*`) and a number of bytes. */
import { lauxlib, lua, name, tags, type L } from '../../binding.ts'
import { textAt } from '../define-functions.ts'
import type { Stream } from './stream.ts'

const numberType = tags.integer & 0x0f
const numeral =
  /^[+-]?(?:0[xX][\da-fA-F]*(?:\.[\da-fA-F]*)?(?:[pP][+-]?\d*)?|\d*(?:\.\d*)?(?:[eE][+-]?\d*)?)$/
const longestNumeral = 200

/** Pushes one value for each format from `first` on; stops after the first that fails, with nil for it. */
export function readFormats(L: L, stream: Stream, first: number): number {
  const last = lua.lua_gettop(L)
  if (last < first) return pushBytes(L, line(stream, false))
  lua.lua_checkstack(L, last + 8)
  for (let index = first; index <= last; index++) {
    const found = readFormat(L, stream, index)
    if (!found) {
      lua.lua_pushnil(L)
      return index - first + 1
    }
  }
  return last - first + 1
}

function readFormat(L: L, stream: Stream, index: number): boolean {
  if (lua.lua_type(L, index) === numberType) {
    return pushBytes(L, count(stream, lauxlib.luaL_checkinteger(L, index)), false) === 1
  }
  lauxlib.luaL_checkstring(L, index)
  switch (textAt(L, index).replace(/^\*/, '').charAt(0)) {
    case 'n':
      return pushNumber(L, stream)
    case 'l':
      return pushBytes(L, line(stream, false), false) === 1
    case 'L':
      return pushBytes(L, line(stream, true), false) === 1
    case 'a':
      return pushBytes(L, stream.takeAll(), false) === 1
    default:
      return lauxlib.luaL_argerror(L, index, name('invalid format'))
  }
}

/** Zero bytes are an empty string, unless the file is at its end. */
function count(stream: Stream, bytes: number): Buffer | undefined {
  if (bytes === 0) return stream.peek() === undefined ? undefined : Buffer.alloc(0)
  const taken = stream.take(bytes)
  return taken.length === 0 ? undefined : taken
}

function line(stream: Stream, keepEnd: boolean): Buffer | undefined {
  const taken = stream.takeLine()
  if (taken === undefined || keepEnd || taken.at(-1) !== 10) return taken
  return taken.subarray(0, -1)
}

/** Takes as much as can be a numeral, as Lua does, and no more. */
function pushNumber(L: L, stream: Stream): boolean {
  while (isSpace(stream.peek())) stream.take(1)
  let text = ''
  while (text.length < longestNumeral) {
    const byte = stream.peek()
    const longer = byte === undefined ? '' : text + String.fromCharCode(byte)
    if (longer === '' || !numeral.test(longer)) break
    text = longer
    stream.take(1)
  }
  return lua.lua_stringtonumber(L, Buffer.from(text)) !== 0
}

function isSpace(byte: number | undefined): boolean {
  return byte === 32 || (byte !== undefined && byte >= 9 && byte <= 13)
}

/** Pushes the bytes; for none pushes nil if asked to, and gives the number of values pushed. */
function pushBytes(L: L, bytes: Buffer | undefined, orNil = true): number {
  if (bytes !== undefined) lua.lua_pushstring(L, bytes)
  else if (orNil) lua.lua_pushnil(L)
  return bytes !== undefined || orNil ? 1 : 0
}
