/**
 * Plain data on its way between processes: a flat list of what lies inside what, so that depth is no limit and
 * cycles and sharing are kept. (The structured clone that carries it ends below 5,000 levels.)
 *
 *     const parcel = pack({ list: [1, 2n] }, odd => String(odd.what))
 *     unpack(parcel)    // { list: [1, 2n] }
 *
 * Plain data are undefined, null, booleans, numbers, bigints, strings, bytes, arrays, plain objects and Maps.
 */
import { types } from 'node:util'
import { handleOf } from '../values/handles.ts'
import { isPlain } from '../values/plain.ts'

export interface Parcel {
  readonly root: Cell
  readonly nodes: readonly Node[]
}

/** What is no plain data: in words, and where it lies (`[0].callback`; empty for the value itself). */
export interface Odd {
  readonly what: string
  readonly path: string
}

type Primitive = undefined | null | boolean | number | bigint | string
/** The only objects among cells are pointers to nodes. */
type Cell = Primitive | { readonly node: number }

type Node =
  /** Holes stay holes. */
  | { kind: 'array'; items: Cell[] }
  | { kind: 'object'; names: string[]; values: Cell[] }
  | { kind: 'map'; keys: Cell[]; values: Cell[] }
  | { kind: 'bytes'; bytes: Uint8Array }

/** An object that waits for its turn, and how one comes to it. */
interface Waiting {
  readonly source: object
  readonly parent: Waiting | undefined
  readonly step: string
}

type Look = (value: unknown, step: string) => Cell

/** `replace` is asked for what is no plain data: it gives what stands in its place, or throws. */
export function pack(value: unknown, replace: (odd: Odd) => Primitive): Parcel {
  const indices = new Map<object, number>()
  const queue: Waiting[] = []
  const cellOf = (inner: unknown, step: string, parent: Waiting | undefined): Cell => {
    if (isPrimitive(inner)) return inner
    if (!isData(inner)) return replace({ what: nameOf(inner), path: pathOf(parent) + step })
    const known = indices.get(inner)
    if (known !== undefined) return { node: known }
    indices.set(inner, queue.length)
    return { node: queue.push({ source: inner, parent, step }) - 1 }
  }
  const root = cellOf(value, '', undefined)
  const nodes: Node[] = []
  // What is put in while this runs comes last.
  for (const waiting of queue)
    nodes.push(nodeOf(waiting.source, (inner, step) => cellOf(inner, step, waiting)))
  return { root, nodes }
}

export function unpack({ root, nodes }: Parcel): unknown {
  const shells = nodes.map(shellOf)
  const valueOf = (cell: Cell): unknown =>
    typeof cell === 'object' && cell !== null ? shells[cell.node] : cell
  for (const [index, node] of nodes.entries()) fill(shells[index] as object, node, valueOf)
  return valueOf(root)
}

function nodeOf(source: object, look: Look): Node {
  if (types.isUint8Array(source)) return { kind: 'bytes', bytes: Uint8Array.from(source) }
  if (Array.isArray(source))
    return { kind: 'array', items: source.map((item, index) => look(item, `[${index}]`)) }
  if (types.isMap(source)) {
    const entries = [...source]
    const keys = entries.map(([key]) => look(key, '.keys()'))
    return { kind: 'map', keys, values: entries.map(([, value]) => look(value, '.values()')) }
  }
  const names = Object.keys(source)
  return { kind: 'object', names, values: names.map(name => look(Reflect.get(source, name), `.${name}`)) }
}

function shellOf(node: Node): object {
  switch (node.kind) {
    case 'array':
      return []
    case 'object':
      return {}
    case 'map':
      return new Map()
    case 'bytes':
      return Uint8Array.from(node.bytes)
  }
}

function fill(shell: object, node: Node, valueOf: (cell: Cell) => unknown): void {
  switch (node.kind) {
    case 'array':
      fillArray(shell as unknown[], node.items, valueOf)
      return
    case 'object':
      for (const [index, name] of node.names.entries()) define(shell, name, valueOf(node.values[index]))
      return
    case 'map':
      for (const [index, key] of node.keys.entries()) {
        ;(shell as Map<unknown, unknown>).set(valueOf(key), valueOf(node.values[index]))
      }
      return
    case 'bytes':
  }
}

function fillArray(array: unknown[], items: readonly Cell[], valueOf: (cell: Cell) => unknown): void {
  array.length = items.length
  // oxlint-disable-next-line unicorn/no-array-for-each -- it leaves holes out, which entries() does not
  items.forEach((item, index) => (array[index] = valueOf(item)))
}

/** Also `__proto__` becomes a property. */
function define(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true })
}

function isPrimitive(value: unknown): value is Primitive {
  return value === null || !['object', 'function', 'symbol'].includes(typeof value)
}

function isData(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || types.isProxy(value) || handleOf(value)) return false
  return types.isUint8Array(value) || types.isMap(value) || isPlain(value)
}

function nameOf(value: unknown): string {
  if (typeof value === 'symbol') return 'a symbol'
  const handle = handleOf(value as object)
  if (handle !== undefined) return `a ${handle.kind === 'thread' ? 'coroutine' : handle.kind} of a Lua state`
  if (typeof value === 'function') return 'a function'
  if (types.isProxy(value)) return 'a Proxy'
  const name: unknown = Reflect.get(value as object, 'constructor')?.name
  return typeof name === 'string' && name !== '' ? `an object of class ${name}` : 'an object of a class'
}

function pathOf(waiting: Waiting | undefined): string {
  const steps: string[] = []
  for (let at = waiting; at !== undefined; at = at.parent) steps.push(at.step)
  return steps.toReversed().join('')
}
