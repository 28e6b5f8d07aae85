/** A function of Lua as one of JS: called for its first result, through `.all` for every result. */
import type { LuaFunction } from '../lua-values.ts'
import type { Ref } from '../machine/machine.ts'
import type { Core } from '../session/core.ts'

export function createFunction(core: Core, ref: Ref): LuaFunction {
  const luaFunction = (...args: unknown[]): unknown => core.call(ref, args)
  const all = (...args: unknown[]): unknown[] => core.callAll(ref, args)
  // Not enumerable: whoever prints a table of functions wants to see the functions only.
  return Object.defineProperty(luaFunction, 'all', { value: all }) as LuaFunction
}
