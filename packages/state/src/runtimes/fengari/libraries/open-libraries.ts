/**
 * The standard libraries of a state: fengari's own, with what it lacks or what would harm its host replaced.
 * Only the libraries asked for are opened.
 */
import type { LibraryName } from '../../../libraries.ts'
import { lauxlib, lua, lualib, name, type CFunction, type L } from '../binding.ts'
import { defineBase } from './base.ts'
import { defineCoroutine } from './coroutine.ts'
import { defineDebug } from './debug.ts'
import { openIo } from './io/open-io.ts'
import type { LibraryContext } from './library-context.ts'
import { defineOs } from './os.ts'
import { definePackage } from './package.ts'

type Opener = (context: LibraryContext) => CFunction

/** In this order: `_G` comes first, the others are put into it. */
const openers: Partial<Record<LibraryName, Opener>> = {
  base: () => lualib.luaopen_base,
  package: () => lualib.luaopen_package,
  coroutine: () => lualib.luaopen_coroutine,
  table: () => lualib.luaopen_table,
  io: openIo,
  os: () => lualib.luaopen_os,
  string: () => lualib.luaopen_string,
  math: () => lualib.luaopen_math,
  utf8: () => lualib.luaopen_utf8,
  debug: () => lualib.luaopen_debug,
}

const replacements: Partial<Record<LibraryName, (L: L, context: LibraryContext) => void>> = {
  base: defineBase,
  package: definePackage,
  coroutine: defineCoroutine,
  os: defineOs,
  debug: (L, { interrupts }) => defineDebug(L, interrupts),
}

export function openLibraries(L: L, context: LibraryContext): void {
  const { libraries } = context.options
  for (const [library, opener] of Object.entries(openers) as [LibraryName, Opener][]) {
    if (libraries !== undefined && !libraries.includes(library)) continue
    lauxlib.luaL_requiref(L, name(library === 'base' ? '_G' : library), opener(context), 1)
    replacements[library]?.(L, context)
    lua.lua_settop(L, 0)
  }
}
