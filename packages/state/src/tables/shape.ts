/**
 * What a table looks like to JS: an array for 1..n, an object for string keys, a Map for anything else.
 *
 * Holes keep their indices: a table of positive integer keys is an array as long as at least half of 1..max is
 * there, as in Lua's own array part.
 */
import { decodeUtf8 } from '../values/strings.ts'

export type Entries = readonly (readonly [unknown, unknown])[]

export type Shape =
  | { kind: 'empty' }
  | { kind: 'array'; length: number }
  | { kind: 'object'; names: readonly string[] }
  | { kind: 'map' }

export function shapeOf(entries: Entries): Shape {
  if (entries.length === 0) return { kind: 'empty' }
  const length = arrayLength(entries)
  if (length !== undefined) return { kind: 'array', length }
  const names = entries.map(([key]) => (key instanceof Uint8Array ? decodeUtf8(key) : key))
  return names.every(name => typeof name === 'string') ? { kind: 'object', names } : { kind: 'map' }
}

/** 1..n without a hole, and nothing else. */
export function isSequence(entries: Entries): boolean {
  const shape = shapeOf(entries)
  return shape.kind === 'array' && shape.length === entries.length
}

function arrayLength(entries: Entries): number | undefined {
  let length = 0
  for (const [key] of entries) {
    if (typeof key !== 'number' || !Number.isInteger(key) || key < 1) return undefined
    length = Math.max(length, key)
  }
  return length <= entries.length * 2 ? length : undefined
}
