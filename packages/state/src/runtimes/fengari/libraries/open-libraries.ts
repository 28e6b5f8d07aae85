/**
 * The standard libraries of a state: fengari's own, with what it lacks or what would harm its host replaced.
 * Only the libraries asked for are opened.
 */
import type { LibraryName } from '../../../options.ts'
import { lauxlib, lua, lualib, name, type CFunction, type L } from '../binding.ts'
import { defineBase } from './base.ts'
import { defineCoroutine } from './coroutine.ts'
import { defineDebug } from './debug.ts'
import { openIo } from './io/open-io.ts'
import type { LibraryContext } from './library-context.ts'
import { defineOs } from './os.ts'
import { definePackage } from './package.ts'

/** `_G` comes first: the others are put into it. */
const openers: Record<Exclude<LibraryName, 'io'>, CFunction> = {
  base: lualib.luaopen_base,
  package: lualib.luaopen_package,
  coroutine: lualib.luaopen_coroutine,
  table: lualib.luaopen_table,
  os: lualib.luaopen_os,
  string: lualib.luaopen_string,
  math: lualib.luaopen_math,
  utf8: lualib.luaopen_utf8,
  debug: lualib.luaopen_debug,
}

const replacements: Partial<Record<LibraryName, (L: L, context: LibraryContext) => void>> = {
  base: defineBase,
  package: definePackage,
  coroutine: defineCoroutine,
  os: defineOs,
  debug: (L, { interrupts }) => defineDebug(L, interrupts),
}

export function openLibraries(L: L, context: LibraryContext): void {
  for (const library of context.options.libraries) {
    const open = library === 'io' ? openIo(context) : openers[library]
    lauxlib.luaL_requiref(L, name(library === 'base' ? '_G' : library), open, 1)
    replacements[library]?.(L, context)
    lua.lua_settop(L, 0)
  }
}
