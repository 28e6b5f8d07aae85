/** Plain data of tables, deep: cycles and sharing kept, anything that is not a table left as it is. */
import { handleOf, type Handle } from '../values/handles.ts'
import { entriesAt } from './table-access.ts'
import { shapeOf, type Entries, type Shape } from './shape.ts'

/** A table on its way: its copy is filled when its turn comes. */
interface Copying {
  readonly entries: Entries
  readonly copy: Copy
}

type Copy =
  | { kind: 'array'; data: unknown[] }
  | { kind: 'object'; data: object; names: readonly string[] }
  | { kind: 'map'; data: Map<unknown, unknown> }

/** Of a table, or of anything else: then the value itself. Table after table, so that depth is no limit. */
export function plainOf(value: unknown): unknown {
  const copies = new Map<object, Copying>()
  const plain = (inner: unknown): unknown => {
    const handle = tableHandle(inner)
    if (handle === undefined) return inner
    let copying = copies.get(inner as object)
    if (copying === undefined) copies.set(inner as object, (copying = begin(handle)))
    return copying.copy.data
  }
  const result = plain(value)
  // What is put in while this runs comes last.
  for (const copying of copies.values()) fill(copying, plain)
  return result
}

function begin({ core, ref }: Handle): Copying {
  const entries = entriesAt(core, ref)
  return { entries, copy: emptyCopy(shapeOf(entries)) }
}

function emptyCopy(shape: Shape): Copy {
  switch (shape.kind) {
    case 'array': {
      const data: unknown[] = []
      data.length = shape.length
      return { kind: 'array', data }
    }
    case 'map':
      return { kind: 'map', data: new Map() }
    case 'empty':
      return { kind: 'object', data: {}, names: [] }
    case 'object':
      return { kind: 'object', data: {}, names: shape.names }
  }
}

function fill({ entries, copy }: Copying, plain: (inner: unknown) => unknown): void {
  switch (copy.kind) {
    case 'array':
      for (const [key, value] of entries) copy.data[(key as number) - 1] = plain(value)
      return
    case 'map':
      for (const [key, value] of entries) copy.data.set(plain(key), plain(value))
      return
    case 'object':
      for (const [index, name] of copy.names.entries()) define(copy.data, name, plain(entries[index]?.[1]))
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
