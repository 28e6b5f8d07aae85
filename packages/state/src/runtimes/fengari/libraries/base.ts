/** `print`, `collectgarbage`, `dofile`, `loadfile`, and `pcall` and `xpcall`. */
import { lauxlib, lua, name, type CFunction, type L } from '../binding.ts'
import { defineFunctions, textAt } from './define-functions.ts'
import { loadFile } from './load-file.ts'
import type { LibraryContext } from './library-context.ts'
import { protectedCalls } from './protected-call.ts'

/** Not by node:process: to import that takes 2 ms, because it asks for everything that a process has. */
const { memoryUsage } = process

/** The table `_G` is on top. */
export function defineBase(L: L, context: LibraryContext): void {
  defineFunctions(L, {
    print,
    collectgarbage: collectGarbage(),
    ...protectedCalls,
    ...fileFunctions(context),
  })
}

/** To the console, so that a test runner knows whose output it is. */
const print: CFunction = L => {
  const texts: string[] = []
  const count = lua.lua_gettop(L)
  for (let index = 1; index <= count; index++) {
    lauxlib.luaL_tolstring(L, index)
    texts.push(textAt(L, -1))
    lua.lua_settop(L, count)
  }
  console.log(texts.join('\t'))
  return 0
}

function fileFunctions(context: LibraryContext): Record<string, CFunction> {
  return {
    loadfile: L => {
      const file = fileArgument(L, 'loadfile')
      const mode = lua.lua_type(L, 2) > 0 ? lauxlib.luaL_checkstring(L, 2) : null
      const withEnvironment = lua.lua_type(L, 3) >= 0
      if (!loadFile(L, file, mode, context)) return nilAndMessage(L)
      if (withEnvironment) setEnvironment(L, 3)
      return 1
    },
    dofile: L => {
      const file = fileArgument(L, 'dofile')
      lua.lua_settop(L, 0)
      if (!loadFile(L, file, null, context)) return lua.lua_error(L)
      lua.lua_callk(L, 0, lua.LUA_MULTRET, 0, running => lua.lua_gettop(running))
      return lua.lua_gettop(L)
    },
  }
}

/** The first upvalue of a chunk is its environment. */
function setEnvironment(L: L, index: number): void {
  lua.lua_pushvalue(L, index)
  if (lua.lua_setupvalue(L, -2, 1) === null) lua.lua_settop(L, -2)
}

function fileArgument(L: L, what: string): string {
  if (lua.lua_type(L, 1) > 0) {
    lauxlib.luaL_checkstring(L, 1)
    return textAt(L, 1)
  }
  return lauxlib.luaL_error(
    L,
    name(`${what}: there is no standard input to read a chunk from; give a file name`),
  )
}

function nilAndMessage(L: L): number {
  lua.lua_pushnil(L)
  lua.lua_insert(L, -2)
  return 2
}

const options = [
  'collect',
  'stop',
  'restart',
  'count',
  'step',
  'setpause',
  'setstepmul',
  'isrunning',
] as const

/** The collector is JavaScript's: options are remembered, 'count' is the heap of the process in kB. */
function collectGarbage(): CFunction {
  const tuning = { setpause: 200, setstepmul: 200 }
  let running = true
  return L => {
    const option = options[lauxlib.luaL_checkoption(L, 1, name('collect'), options.map(name))] ?? 'collect'
    const value = lauxlib.luaL_optinteger(L, 2, 0)
    if (option === 'count') lua.lua_pushnumber(L, memoryUsage().heapUsed / 1024)
    else if (option === 'step') lua.lua_pushboolean(L, true)
    else if (option === 'isrunning') lua.lua_pushboolean(L, running)
    else if (option === 'setpause' || option === 'setstepmul') {
      lua.lua_pushinteger(L, tuning[option])
      tuning[option] = value
    } else {
      if (option !== 'collect') running = option === 'restart'
      lua.lua_pushinteger(L, 0)
    }
    return 1
  }
}
