/** Values of fengari, to keep: it changes its own in place. */
import { internals, tags, type L } from '../binding.ts'
import type { Table, TValue } from '../values.ts'

export type Value = Readonly<TValue>

export const nil: Value = { type: tags.nil, value: null }

export function copyOf({ type, value }: Value): Value {
  return { type, value }
}

export function tableValue(table: Table | null): Value {
  return table === null ? nil : { type: tags.table, value: table }
}

export function integerValue(value: number): Value {
  return { type: tags.integer, value }
}

/** 1 and 1.0 are two, and so are 0.0 and -0.0. */
export function isSame(one: Value, other: Value): boolean {
  if (one.type !== other.type) return false
  if (Object.is(one.value, other.value)) return true
  return one.type === tags.string && internals.luaS_eqlngstr(one.value, other.value)
}

/** Past all metamethods; nil takes the entry away. */
export function setRaw(L: L, table: Table, key: Value, value: Value): void {
  const { TValue, luaH_setfrom } = internals
  luaH_setfrom(L, table, new TValue(key.type, key.value), new TValue(value.type, value.value))
  table.flags = 0
}
