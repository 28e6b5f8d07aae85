/** A new table of Lua from data of JS. */
import { inspect, types } from 'node:util'
import { LuaStateError } from '../errors.ts'
import type { LuaTable } from '../lua-values.ts'
import type { Core } from '../session/core.ts'
import { isLuaTable, luaType, setKey } from './table-functions.ts'

/** A deep copy of an array or a plain object; of a Map each entry, under keys of any kind. Throws for what is no data. */
export function newTable(core: Core, source: unknown): LuaTable {
  if (!types.isMap(source)) return copyOf(core, requireData(source))
  const table = copyOf(core, {})
  for (const [key, value] of source) setKey(table, key, value)
  return table
}

function copyOf(core: Core, data: object): LuaTable {
  const thread = core.enter()
  const { base } = core
  try {
    core.push(thread, data)
    return core.read(thread, -1) as LuaTable
  } finally {
    core.leave(thread, base)
  }
}

function requireData(source: unknown): object {
  if (luaType(source) === 'table' && !isLuaTable(source)) return source as object
  throw new LuaStateError(
    'LUA_STATE_TABLE_SOURCE',
    `table was given ${isLuaTable(source) ? 'a table of Lua' : inspect(source, { depth: 0 })}. ` +
      'Allowed are arrays, plain objects and Maps. A table of Lua is copied by state.table(toJS(table)).',
  )
}
