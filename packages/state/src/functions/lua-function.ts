/** A function of Lua as one of JS: called for its first result, through `.all` for every result. */
import type { LuaFunction } from '../lua-values.ts'
import type { Ref } from '../machine/machine.ts'
import type { Core } from '../session/core.ts'

export function createFunction(core: Core, ref: Ref): LuaFunction {
  const luaFunction = (...args: unknown[]): unknown => core.call(ref, args)
  luaFunction.all = (...args: unknown[]): unknown[] => core.callAll(ref, args)
  return luaFunction as LuaFunction
}
