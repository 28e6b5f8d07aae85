/** `require`: real files along `package.path`, noted and named by their absolute paths; no JS modules. */
import { findLuaFile } from '../../../lua-files.ts'
import { lauxlib, lua, name, type CFunction, type L } from '../binding.ts'
import { defineFunctions, pushText, textAt } from './define-functions.ts'
import { loadFile } from './load-file.ts'
import type { LibraryContext } from './library-context.ts'

/** The table `package` is on top. */
export function definePackage(L: L, context: LibraryContext): void {
  lua.lua_getfield(L, -1, name('path'))
  const own = textAt(L, -1)
  lua.lua_settop(L, -2)
  pushText(L, [...context.options.packagePath, own].join(';'))
  lua.lua_setfield(L, -2, name('path'))
  pushText(L, '')
  lua.lua_setfield(L, -2, name('cpath'))
  lua.lua_pushnil(L)
  lua.lua_setfield(L, -2, name('jspath'))
  defineFunctions(L, { loadlib })
  defineSearchers(L, context)
}

/** fengari's own would run JS files. The answer is that of a Lua without dynamic libraries. */
const loadlib: CFunction = L => {
  lua.lua_pushnil(L)
  pushText(L, 'dynamic libraries not enabled; check your Lua installation')
  pushText(L, 'absent')
  return 3
}

/** fengari's searchers 3 and 4 would run any `.js` file of that name. */
function defineSearchers(L: L, context: LibraryContext): void {
  lua.lua_getfield(L, -1, name('searchers'))
  lua.lua_pushvalue(L, -2)
  lua.lua_pushcclosure(L, fileSearcher(context), 1)
  lua.lua_rawseti(L, -2, 2)
  for (const index of [3, 4]) {
    lua.lua_pushnil(L)
    lua.lua_rawseti(L, -2, index)
  }
  lua.lua_settop(L, -2)
}

/** Gives the loader and the file's path, or the message for `require`'s list of what was tried. */
function fileSearcher(context: LibraryContext): CFunction {
  return L => {
    lauxlib.luaL_checkstring(L, 1)
    const module = textAt(L, 1)
    const { found, tried } = findLuaFile(module, searchPath(L))
    if (found === undefined) {
      pushText(L, tried)
      return 1
    }
    if (loadFile(L, found, null, context)) {
      pushText(L, found)
      return 2
    }
    pushText(L, `error loading module '${module}' from file '${found}':\n\t${textAt(L, -1)}`)
    return lua.lua_error(L)
  }
}

/** `package.path` as it is now, in the table that `require` was made with. */
function searchPath(L: L): string {
  lua.lua_getfield(L, lua.lua_upvalueindex(1), name('path'))
  if (lua.lua_tolstring(L, -1) === null) lauxlib.luaL_error(L, name("'package.path' must be a string"))
  return textAt(L, -1)
}
