/**
 * The standard libraries of a state: fengari's own, with what it lacks or what would harm its host replaced.
 * Only the libraries asked for are opened; `base` includes what the others hang on.
 */
import type { Host } from '../../../machine/machine.ts'
import type { CheckedOptions, LibraryName } from '../../../options.ts'
import { lauxlib, lua, lualib, name, type CFunction, type L } from '../binding.ts'
import type { Interrupts } from '../interrupts.ts'

/** What the replaced functions need of their state. */
export interface LibraryContext {
  readonly options: CheckedOptions
  readonly host: Host
  readonly interrupts: Interrupts
  readonly loadedFiles: Set<string>
}

const openers: Record<LibraryName, CFunction> = {
  base: lualib.luaopen_base,
  package: lualib.luaopen_package,
  coroutine: lualib.luaopen_coroutine,
  table: lualib.luaopen_table,
  io: lualib.luaopen_io,
  os: lualib.luaopen_os,
  string: lualib.luaopen_string,
  math: lualib.luaopen_math,
  utf8: lualib.luaopen_utf8,
  debug: lualib.luaopen_debug,
}

export function openLibraries(L: L, context: LibraryContext): void {
  for (const library of context.options.libraries) {
    lauxlib.luaL_requiref(L, name(library === 'base' ? '_G' : library), openers[library], 1)
    lua.lua_settop(L, 0)
  }
}
