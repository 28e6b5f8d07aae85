/** `os` where fengari's own would harm its host or is wrong: `exit`, `date` in UTC, and messages of errors. */
import { rmdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { exitError } from '../../../exit-error.ts'
import { lauxlib, lua, name, type CFunction, type L } from '../binding.ts'
import { captureTrace } from '../trace.ts'
import { defineFunctions, originalFunction, pushText, textAt } from './define-functions.ts'
import type { LibraryContext } from './library-context.ts'
import { systemResult } from './system-error.ts'

/** The table `os` is on top. */
export function defineOs(L: L, context: LibraryContext): void {
  defineFunctions(L, {
    exit: exit(context),
    date: date(originalFunction(L, 'date')),
    remove,
    rename,
    tmpname,
    clock: running => {
      const { user, system } = process.cpuUsage()
      lua.lua_pushnumber(running, (user + system) / 1e6)
      return 1
    },
  })
}

/**
 * Never ends the process. The running call ends with a LuaError that Lua code can't catch, as an exit can't be
 * caught; its `value` is the exit code. The state can be used again afterwards.
 */
function exit({ interrupts }: LibraryContext): CFunction {
  return L => {
    const code =
      lua.lua_type(L, 1) === 1 ? Number(!lua.lua_toboolean(L, 1)) : lauxlib.luaL_optinteger(L, 1, 0)
    return interrupts.end(L, exitError(code, captureTrace(L)))
  }
}

/** fengari forgets that `!` means UTC: shifting the time by the zone makes its local fields those of UTC. */
function date(original: CFunction): CFunction {
  return L => {
    const format = lua.lua_type(L, 1) > 0 ? textOfArgument(L, 1) : '%c'
    const time = lua.lua_type(L, 2) > 0 ? lauxlib.luaL_checkinteger(L, 2) : Math.floor(Date.now() / 1000)
    const utc = format.startsWith('!')
    const shift = utc ? new Date(time * 1000).getTimezoneOffset() * 60 : 0
    lua.lua_settop(L, 0)
    pushText(L, utc ? format.slice(1).replaceAll('%Z', 'GMT').replaceAll('%z', '+0000') : format)
    lua.lua_pushinteger(L, time + shift)
    const results = original(L)
    if (lua.lua_type(L, -1) === 5) setFalse(L, 'isdst')
    return results
  }
}

const remove: CFunction = L => {
  const file = textOfArgument(L, 1)
  return systemResult(L, file, () => removeAny(file))
}

const rename: CFunction = L => {
  const [from, to] = [textOfArgument(L, 1), textOfArgument(L, 2)]
  return systemResult(L, from, () => renameSync(from, to))
}

/** Makes the file, so that nobody else gets the name. */
const tmpname: CFunction = L => {
  const file = path.join(tmpdir(), `lua_${process.pid}_${Math.random().toString(36).slice(2, 10)}`)
  writeFileSync(file, '', { flag: 'wx' })
  pushText(L, file)
  return 1
}

function removeAny(file: string): void {
  try {
    unlinkSync(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EISDIR' && code !== 'EPERM') throw error
    rmdirSync(file)
  }
}

function textOfArgument(L: L, index: number): string {
  lauxlib.luaL_checkstring(L, index)
  return textAt(L, index)
}

function setFalse(L: L, field: string): void {
  lua.lua_pushboolean(L, false)
  lua.lua_setfield(L, -2, name(field))
}
