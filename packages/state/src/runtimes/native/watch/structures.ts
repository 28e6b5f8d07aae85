/**
 * The parts of Lua's structures that say which coroutine runs, on platforms with 64 bits. They are the same in all
 * releases of a version so far; `hook-fields.ts` tries them before they are used.
 * https://www.lua.org/source/5.4/lstate.h.html#lua_State
 */
import type { Dialect } from '../../c-api/api.ts'
import type { Structures } from './watched-runtime.ts'

const since52 = { state: 24, call: 32, function: 0, threadTag: 0x48, luaFunctionTag: 0x46, upvalue: 32 }

export const structures: Record<Dialect['version'], Structures> = {
  '5.1': { state: 32, call: 40, function: 8, threadTag: 8, isC: 10, upvalue: 40 },
  '5.2': since52,
  '5.3': since52,
  '5.4': { ...since52, trap: 40 },
}
