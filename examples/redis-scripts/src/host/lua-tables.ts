/** Lua tables as plain data: a sequence is an array, any other table an object. */
import { entriesOf, isLuaTable } from '@vitest-pool-lua/state'

/** `empty` decides what an empty table is: Lua cannot tell, and every format has its own answer. */
export function fromLua(value: unknown, empty: () => unknown): unknown {
  if (!isLuaTable(value)) return value
  const entries = [...entriesOf(value)].map(([key, item]) => [key, fromLua(item, empty)] as const)
  if (entries.length === 0) return empty()
  if (!entries.every(([key]) => typeof key === 'number' && key > 0)) return Object.fromEntries(entries)
  return Array.from(
    entries.toSorted(([a], [b]) => Number(a) - Number(b)),
    ([, item]) => item,
  )
}
