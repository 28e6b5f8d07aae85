/** Functions of ours in a table of Lua. */
import { encoded, lua, name, type CFunction, type L } from '../binding.ts'
import { decodeUtf8 } from '../../../values/strings.ts'

/** Into the table on top of the stack. */
export function defineFunctions(L: L, functions: Readonly<Record<string, CFunction>>): void {
  for (const [field, body] of Object.entries(functions)) {
    lua.lua_pushcfunction(L, body)
    lua.lua_setfield(L, -2, name(field))
  }
}

/** Fetches a function that fengari put into the table on top. */
export function originalFunction(L: L, field: string): CFunction {
  lua.lua_getfield(L, -1, name(field))
  const { value } = L.stack[L.top - 1] as { value: CFunction }
  lua.lua_settop(L, -2)
  return value
}

export function pushText(L: L, text: string): void {
  lua.lua_pushstring(L, encoded(text))
}

export function textAt(L: L, index: number): string {
  const bytes = lua.lua_tolstring(L, index)
  return bytes === null ? '' : decodeUtf8(bytes)
}
