/** Plain data of tables, deep: cycles and sharing kept, anything that is not a table left as it is. */
import { handleOf, type Handle } from '../values/handles.ts'
import { entriesAt } from './table-access.ts'
import { shapeOf, type Entries } from './shape.ts'

/** Of a table, or of anything else: then the value itself. */
export function plainOf(value: unknown): unknown {
  return copy(value, new Map())
}

function copy(value: unknown, copies: Map<object, unknown>): unknown {
  const handle = tableHandle(value)
  if (handle === undefined) return value
  const known = copies.get(value as object)
  if (known !== undefined) return known
  return copyTable(value as object, entriesAt(handle.core, handle.ref), copies)
}

function copyTable(table: object, entries: Entries, copies: Map<object, unknown>): unknown {
  const shape = shapeOf(entries)
  switch (shape.kind) {
    case 'array': {
      const array = Array.from<unknown>({ length: 0 })
      array.length = shape.length
      copies.set(table, array)
      for (const [key, value] of entries) array[(key as number) - 1] = copy(value, copies)
      return array
    }
    case 'map': {
      const map = new Map<unknown, unknown>()
      copies.set(table, map)
      for (const [key, value] of entries) map.set(copy(key, copies), copy(value, copies))
      return map
    }
    case 'empty':
    case 'object': {
      const object: Record<string, unknown> = {}
      copies.set(table, object)
      const names = shape.kind === 'object' ? shape.names : []
      for (const [index, name] of names.entries()) define(object, name, copy(entries[index]?.[1], copies))
      return object
    }
  }
}

/** Also `__proto__` becomes a property. */
function define(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true })
}

function tableHandle(value: unknown): Handle | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const handle = handleOf(value)
  return handle?.kind === 'table' ? handle : undefined
}
