/**
 * Files of Lua: their chunks are named `@/abs/path`, so that errors and stacks lead to them; a first line that
 * begins with `#` is skipped; every file is noted, and the message of one that does not compile.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { encoded, internals, lua, tags, type L } from '../binding.ts'
import { readOnce } from '../read-once.ts'
import { pushText, textAt } from './define-functions.ts'
import type { LibraryContext } from './library-context.ts'
import { systemMessage } from './system-error.ts'

const hash = '#'.codePointAt(0)
const newline = '\n'.codePointAt(0) as number

/** Pushes the function and says true, or pushes the message. */
export function loadFile(L: L, file: string, mode: Uint8Array | null, context: LibraryContext): boolean {
  const absolute = path.resolve(file)
  let bytes: Uint8Array
  try {
    bytes = readFileSync(absolute)
  } catch (error) {
    pushText(L, `cannot open ${file}: ${systemMessage(error)} (tried ${absolute})`)
    return false
  }
  context.loadedFiles.add(absolute)
  return loadBytes(L, withoutFirstLine(bytes), `@${absolute}`, mode, context)
}

function loadBytes(
  L: L,
  bytes: Uint8Array,
  source: string,
  mode: Uint8Array | null,
  context: LibraryContext,
): boolean {
  if (lua.lua_load(L, readOnce, { bytes }, encoded(source), mode) === lua.LUA_OK) return true
  if (lua.lua_type(L, -1) !== (tags.string & 0x0f)) replaceByText(L, `${source.slice(1)}: bad binary format`)
  context.host.noteBrokenFile(textAt(L, -1), source)
  return false
}

/** A byte order mark goes; of a `#` line its newline stays, so that lines keep their numbers. */
function withoutFirstLine(bytes: Uint8Array): Uint8Array {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const text = marked ? bytes.subarray(3) : bytes
  if (text[0] !== hash) return text
  const end = text.indexOf(newline)
  return end === -1 ? new Uint8Array(0) : text.subarray(end)
}

function replaceByText(L: L, text: string): void {
  lua.lua_settop(L, -2)
  L.stack[L.top++] = new internals.TValue(tags.string, new internals.TString(L, encoded(text)))
}
