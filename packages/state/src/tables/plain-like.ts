/**
 * Plain data of a table for a comparison: what has two plain faces takes the one of the other side. An empty
 * table is `[]` beside an array and `{}` else; integer keys are names of properties beside an object.
 */
import { types } from 'node:util'
import { handleOf } from '../values/handles.ts'
import { isPlain } from '../values/plain.ts'
import { decodeUtf8 } from '../values/strings.ts'
import { shapeOf, type Entries } from './shape.ts'
import { entriesAt } from './table-access.ts'

type Face = 'array' | 'object' | 'map'

/** Deep; cycles kept. What is not a table is itself, but for the tables in plain data. */
export function plainLike(value: unknown, like: unknown, copies = new Map<object, unknown>()): unknown {
  if (typeof value !== 'object' || value === null) return value
  const handle = handleOf(value)
  if (handle?.kind !== 'table') return value
  const known = copies.get(value)
  if (known !== undefined) return known
  const entries = entriesAt(handle.core, handle.ref)
  const face = faceOf(entries, like)
  const child = (key: unknown, entry: unknown) => plainLike(entry, childOf(like, key, face), copies)
  return builders[face](entries, child, copy => void copies.set(value, copy))
}

/** As `plainLike`, for tables at any depth of plain data: what holds none is itself. */
export function plainWithin(value: unknown, like: unknown, copies = new Map<object, unknown>()): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (isTable(value)) return plainLike(value, like, copies)
  const known = copies.get(value)
  if (known !== undefined) return known
  if (!holdsTable(value, new Set())) return value
  const copy = emptyLike(value)
  copies.set(value, copy)
  for (const [key, entry] of dataOf(value)) {
    Reflect.set(copy, key, plainWithin(entry, childOf(like, key, 'object'), copies))
  }
  return copy
}

/** Holes at the end of a list and the lack of a prototype count for `toStrictEqual`. */
function emptyLike(value: object): object {
  if (!Array.isArray(value)) return Object.create(Object.getPrototypeOf(value)) as object
  const list: unknown[] = []
  list.length = value.length
  return list
}

function holdsTable(value: unknown, seen: Set<object>): boolean {
  if (typeof value !== 'object' || value === null || seen.has(value)) return false
  seen.add(value)
  return isTable(value) || dataOf(value).some(([, entry]) => holdsTable(entry, seen))
}

/** The properties of plain data, without running a getter or a proxy. */
function dataOf(value: object): [string, unknown][] {
  if (types.isProxy(value) || !isPlain(value)) return []
  return Object.keys(value).map(key => [key, Reflect.getOwnPropertyDescriptor(value, key)?.value])
}

type Build = (
  entries: Entries,
  child: (key: unknown, value: unknown) => unknown,
  remember: (copy: object) => void,
) => object

const builders: Record<Face, Build> = {
  array: (entries, child, remember) => {
    const array: unknown[] = []
    remember(array)
    for (const [key, value] of entries) array[Number(key) - 1] = child(Number(key) - 1, value)
    return array
  },
  object: (entries, child, remember) => {
    const object: Record<string, unknown> = {}
    remember(object)
    for (const [key, value] of entries) object[nameOf(key)] = child(nameOf(key), value)
    return object
  },
  map: (entries, child, remember) => {
    const map = new Map<unknown, unknown>()
    remember(map)
    for (const [key, value] of entries) map.set(key, child(key, value))
    return map
  },
}

function faceOf(entries: Entries, like: unknown): Face {
  const { kind } = shapeOf(entries)
  if (like instanceof Map) return 'map'
  if (kind === 'empty') return Array.isArray(like) ? 'array' : 'object'
  const named = entries.every(([key]) => typeof key === 'string' || Number.isSafeInteger(key))
  return kind !== 'object' && named && isPlainObject(like) ? 'object' : kind
}

/** Neither an array nor a table, nor an asymmetric matcher such as `expect.arrayContaining([...])`. */
function isPlainObject(like: unknown): boolean {
  if (typeof like !== 'object' || like === null || Array.isArray(like) || isTable(like)) return false
  return !('asymmetricMatch' in like)
}

function childOf(like: unknown, key: unknown, face: Face): unknown {
  if (typeof like !== 'object' || like === null) return undefined
  if (face === 'map') return like instanceof Map ? like.get(key) : undefined
  return isTable(like) ? undefined : Reflect.get(like, key as PropertyKey)
}

function nameOf(key: unknown): string {
  return key instanceof Uint8Array ? decodeUtf8(key) : String(key)
}

function isTable(value: object): boolean {
  return handleOf(value)?.kind === 'table'
}
