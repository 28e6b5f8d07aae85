/**
 * Finds every table and userdata that can be reached, one root after the other. Breadth first, so that each is known
 * by its shortest path from the first root that leads to it.
 */
import { ways, type Way } from '../../../baseline/steps.ts'
import { tags } from '../binding.ts'
import type { Table, Udata } from '../values.ts'
import { Content } from './content.ts'
import { nil, tableValue, type Value } from './value.ts'

export interface Reached {
  /** None for a root. */
  readonly from: Held | undefined
  readonly way: Way
  readonly key: Value
}

/** What has a metatable of its own, and how it was reached. */
export interface Held extends Reached {
  readonly object: Table | Udata
  readonly metatable: Table | null
  /** Of a table. */
  readonly content: Content | undefined
}

export interface Found extends Reached {
  readonly value: Value
}

export function walk(registry: Table, roots: readonly Found[]): readonly Held[] {
  const held: Held[] = []
  const known = new Set<unknown>()
  const add = ({ value: { type, value }, ...reached }: Found): void => {
    if ((type !== tags.table && type !== tags.userdata) || known.has(value)) return
    known.add(value)
    const object = value as Table | Udata
    const content = type === tags.table ? contentOf(value as Table, registry) : undefined
    held.push({ ...reached, object, metatable: object.metatable, content })
  }
  let next = 0
  for (const root of roots) {
    add(root)
    for (let one = held[next]; one !== undefined; one = held[++next])
      for (const found of reachableFrom(one)) add(found)
  }
  return held
}

function contentOf(table: Table, registry: Table): Content {
  return new Content(table, table === registry ? isCoveredInRegistry : () => true)
}

/** Where the registry keeps the globals. */
export const globalsKey = 2

/** As on every runtime: what lies under other keys is no matter of Lua code. */
function isCoveredInRegistry({ type, value }: Value): boolean {
  return type === tags.string || value === globalsKey
}

function* reachableFrom(from: Held): Iterable<Found> {
  for (const [key, value] of from.content?.entries() ?? []) {
    yield { value, from, way: ways.field, key }
    yield { value: key, from, way: ways.key, key }
  }
  yield { value: tableValue(from.metatable), from, way: ways.metatable, key: nil }
}
