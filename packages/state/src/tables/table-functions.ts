/**
 * What one does with a table, as functions, because the properties of a table are its own.
 *
 *     toJS(t)                    // plain data, deep
 *     lengthOf(t)                // #t
 *     entriesOf(t)               // [[1, 'a'], ...]: also keys that have no property name; so do keysOf, valuesOf
 *     getKey(t, 1.5), setKey(t, true, 'yes')
 *     invoke(t, 'method', 1)     // t:method(1)
 */
import { types } from 'node:util'
import { LuaStateError } from '../errors.ts'
import type { LuaAny, LuaTable } from '../lua-values.ts'
import { handleOf, type Handle } from '../values/handles.ts'
import { referredObject } from '../values/by-reference.ts'
import { isPlain } from '../values/plain.ts'
import { entriesAt, getAt, hasMetafieldAt, lengthAt, setAt } from './table-access.ts'
import { plainOf } from './to-js.ts'

export type LuaType = 'nil' | 'boolean' | 'number' | 'string' | 'table' | 'function' | 'userdata' | 'thread'

/** Arrays for 1..n (holes keep their indices), objects for string keys, else a Map. Other values: themselves. */
export function toJS(value: unknown): LuaAny {
  return plainOf(value)
}

/** As `#t`; obeys `__len`. */
export function lengthOf(table: LuaTable): LuaAny {
  const { core, ref } = tableHandle('lengthOf', table)
  return lengthAt(core, ref)
}

/** As `pairs(t)`, in its order; obeys `__pairs`. */
export function entriesOf(table: LuaTable): [LuaAny, LuaAny][] {
  const { core, ref } = tableHandle('entriesOf', table)
  return entriesAt(core, ref)
}

/** The keys of `pairs(t)`, in its order: numbers as numbers, and also those that have no property name. */
export function keysOf(table: LuaTable): LuaAny[] {
  const { core, ref } = tableHandle('keysOf', table)
  return entriesAt(core, ref).map(([key]) => key)
}

/** The values of `pairs(t)`, in its order. */
export function valuesOf(table: LuaTable): LuaAny[] {
  const { core, ref } = tableHandle('valuesOf', table)
  return entriesAt(core, ref).map(([, value]) => value)
}

/** `t[key]` by any key: here '1' is the string and 1 the integer. */
export function getKey(table: LuaTable, key: unknown): LuaAny {
  const { core, ref } = tableHandle('getKey', table)
  return getAt(core, ref, key)
}

export function setKey(table: LuaTable, key: unknown, value: unknown): void {
  const { core, ref } = tableHandle('setKey', table)
  setAt(core, ref, key, value)
}

/** `t:method(...args)`: passes the table as self, gives the first result. */
export function invoke(table: LuaTable, method: string, ...args: unknown[]): LuaAny {
  const { core, ref } = tableHandle('invoke', table)
  const found: unknown = getAt(core, ref, method)
  if (typeof found === 'function') return found(table, ...args)
  const handle = handleOfAny(found)
  if (handle !== undefined && hasMetafieldAt(core, handle.ref, '__call'))
    return core.call(handle.ref, [table, ...args])
  throw new LuaStateError(
    'LUA_STATE_TABLE_METHOD',
    `invoke was to call the method '${method}', which is ${luaType(found)} in this table. Allowed is a function.`,
  )
}

export function isLuaTable(value: unknown): value is LuaTable {
  return handleOfAny(value)?.kind === 'table'
}

/** What `type(value)` says, or would say once the value is in Lua. */
export function luaType(value: unknown): LuaType {
  if (value === undefined || value === null) return 'nil'
  const handle = handleOfAny(value)
  if (handle !== undefined) return handle.kind
  const type = typeof value
  if (type === 'boolean' || type === 'string' || type === 'function') return type
  return type === 'number' || type === 'bigint' ? 'number' : typeOfObject(value)
}

function typeOfObject(value: unknown): LuaType {
  if (typeof value !== 'object' || value === null) return 'userdata'
  if (types.isUint8Array(value)) return 'string'
  const copied = referredObject(value) === undefined && !types.isProxy(value) && isPlain(value)
  return copied ? 'table' : 'userdata'
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
