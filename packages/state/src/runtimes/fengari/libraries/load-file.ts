/**
 * Files of Lua: their chunks are named `@/abs/path`, so that errors and stacks lead to them; every file is noted, and
 * the message of one that does not compile.
 */
import { readLuaFile } from '../../../lua-files.ts'
import { encoded, internals, lua, tags, type L } from '../binding.ts'
import { readOnce } from '../read-once.ts'
import { pushText, textAt } from './define-functions.ts'
import type { LibraryContext } from './library-context.ts'

/** Pushes the function and says true, or pushes the message. */
export function loadFile(L: L, file: string, mode: Uint8Array | null, context: LibraryContext): boolean {
  const source = readLuaFile(file)
  if ('message' in source) {
    pushText(L, source.message)
    return false
  }
  context.loadedFiles.add(source.absolute)
  return loadBytes(L, source.bytes, `@${source.absolute}`, mode, context)
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

function replaceByText(L: L, text: string): void {
  lua.lua_settop(L, -2)
  L.stack[L.top++] = new internals.TValue(tags.string, new internals.TString(L, encoded(text)))
}
