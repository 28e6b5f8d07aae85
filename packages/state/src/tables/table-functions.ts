/**
 * What one does with a table, as functions, because the properties of a table are its own.
 *
 *     toJS(t)                    // plain data, deep
 *     lengthOf(t)                // #t
 *     entriesOf(t)               // [[1, 'a'], ...]: also keys that have no property name
 *     getKey(t, 1.5), setKey(t, true, 'yes')
 *     invoke(t, 'method', 1)     // t:method(1)
 */
import { LuaStateError } from '../errors.ts'
import type { LuaAny, LuaTable } from '../lua-state.ts'
import { handleOf, type Handle } from '../values/handles.ts'
import { referredObject } from '../values/by-reference.ts'
import { isPlain } from '../values/plain.ts'
import { entriesAt, getAt, lengthAt, setAt } from './table-access.ts'
import { plainOf } from './to-js.ts'

export type LuaType = 'nil' | 'boolean' | 'number' | 'string' | 'table' | 'function' | 'userdata' | 'thread'

/** Arrays for 1..n (holes keep their indices), objects for string keys, else a Map. Other values: themselves. */
export function toJS<T = LuaAny>(value: unknown): T {
  return plainOf(value) as T
}

/** As `#t`; obeys `__len`. */
export function lengthOf<T = number>(table: LuaTable): T {
  const { core, ref } = tableHandle('lengthOf', table)
  return lengthAt(core, ref) as T
}

/** As `pairs(t)`, in its order; obeys `__pairs`. */
export function entriesOf<K = LuaAny, V = LuaAny>(table: LuaTable): [K, V][] {
  const { core, ref } = tableHandle('entriesOf', table)
  return entriesAt(core, ref) as [K, V][]
}

/** `t[key]` by any key: here '1' is the string and 1 the integer. */
export function getKey<T = LuaAny>(table: LuaTable, key: unknown): T {
  const { core, ref } = tableHandle('getKey', table)
  return getAt(core, ref, key) as T
}

export function setKey(table: LuaTable, key: unknown, value: unknown): void {
  const { core, ref } = tableHandle('setKey', table)
  setAt(core, ref, key, value)
}

/** `t:method(...args)`: passes the table as self, gives the first result. */
export function invoke<T = LuaAny>(table: LuaTable, method: string, ...args: unknown[]): T {
  return methodOf(table, method)(table, ...args) as T
}

export function isLuaTable(value: unknown): value is LuaTable {
  return handleOfAny(value)?.kind === 'table'
}

/** What `type(value)` says, or would say once the value is in Lua. */
export function luaType(value: unknown): LuaType {
  if (value === undefined || value === null) return 'nil'
  const handle = handleOfAny(value)
  if (handle !== undefined) return handle.kind
  switch (typeof value) {
    case 'boolean':
      return 'boolean'
    case 'string':
      return 'string'
    case 'function':
      return 'function'
    case 'number':
    case 'bigint':
      return 'number'
    default:
      return typeOfObject(value)
  }
}

function typeOfObject(value: object): LuaType {
  if (value instanceof Uint8Array) return 'string'
  return referredObject(value) === undefined && isPlain(value) ? 'table' : 'userdata'
}

function methodOf(table: LuaTable, method: string): (...args: unknown[]) => unknown {
  const { core, ref } = tableHandle('invoke', table)
  const found = getAt(core, ref, method)
  if (typeof found === 'function') return found as (...args: unknown[]) => unknown
  throw new LuaStateError(
    'LUA_STATE_TABLE_METHOD',
    `invoke was to call the method '${method}', which is ${luaType(found)} in this table. Allowed is a function.`,
  )
}

function tableHandle(what: string, value: unknown): Handle {
  const handle = handleOfAny(value)
  if (handle?.kind === 'table') return handle
  throw new LuaStateError(
    'LUA_STATE_TABLE_EXPECTED',
    `${what} was given a ${luaType(value)} that is not a table of Lua. Make one with state.table(object).`,
  )
}

function handleOfAny(value: unknown): Handle | undefined {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
    ? handleOf(value)
    : undefined
}
