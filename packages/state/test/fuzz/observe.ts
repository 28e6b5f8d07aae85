/**
 * What an operation gave, as plain data that every runtime must give alike: the one place where differences between
 * runtimes are levelled.
 *
 * - The order of `pairs` is not Lua's to keep: entries are sorted.
 * - Messages differ between versions: of an error, its class, its code and what kind of value it bears are told. A number
 *   counts as text: before Lua 5.3 `coroutine.wrap` puts a place before either.
 * - Functions, coroutines and userdata of Lua are told by kind, known things by their number.
 */
import { inspect, types } from 'node:util'
import { entriesOf, isLuaTable, LuaError, luaType } from '../../src/index.ts'
import { things } from './values.ts'

export type Observation = unknown

/** Cycles end here. */
const deepest = 5

export function observe(value: unknown, depth = 0): Observation {
  if (typeof value === 'function') return 'function'
  if (typeof value !== 'object' || value === null) return value
  if (things.includes(value)) return { thing: things.indexOf(value) }
  if (depth >= deepest) return 'deeper'
  return observeObject(value, depth + 1)
}

function observeObject(value: object, depth: number): Observation {
  if (isLuaTable(value)) return { table: sorted(entriesOf(value), depth) }
  if (Array.isArray(value)) return Array.from(value, item => observe(item, depth))
  if (value instanceof Map) return { map: sorted([...value], depth) }
  if (types.isNativeError(value)) return observeError(value)
  const type = luaType(value)
  return type === 'table' ? { object: sorted(Object.entries(value), depth) } : { type }
}

function sorted(entries: readonly (readonly [unknown, unknown])[], depth: number): Observation[] {
  const observed = entries.map(([key, value]) => [observe(key, depth), observe(value, depth)])
  const ranked = observed.map(entry => ({ entry, rank: inspect(entry, { depth: null }) }))
  return ranked.toSorted((a, b) => (a.rank < b.rank ? -1 : 1)).map(({ entry }) => entry)
}

export function observeError(error: unknown): Observation {
  if (things.includes(error as object)) return observe(error)
  if (!(error instanceof Error)) return { thrown: observe(error) }
  const { name, code } = error as Error & { code?: string }
  return { error: name, code, ...(error instanceof LuaError && { value: kindOf(error.value) }) }
}

function kindOf(value: unknown): Observation {
  return typeof value === 'string' || typeof value === 'number' ? 'text' : observe(value)
}
