/**
 * Databases of node:sqlite. Their class is native and tells nobody of its instances, so what the module exports is
 * replaced, in the moment when a program asks for it: loading it unasked would cost, and warn.
 *
 * An ES module of node_modules that imports it at its top, before anybody else has it, keeps the class itself, and so
 * do all ES modules after it: `syncBuiltinESMExports` passes over the modules that need `node:`. What that class makes
 * is seen when it is used first, by any of its methods.
 */
import { call, orElse, read } from './kind.ts'
import type { EngineKind } from './kind.ts'
import type { Below } from './opening.ts'
import { pathText } from './path-text.ts'

export const sqlite: EngineKind = {
  name: database => `SQLite database (${paths.get(database) ?? 'a path'})`,
  key: () => null,
  isOpen: database => isOpen(database),
  dispose: database => call(database, 'close'),
}

const paths = new WeakMap<object, string>()

/** Node 22.12 has no `isOpen`: what is closed there refuses to prepare a statement. */
function isOpen(database: object): boolean {
  const known = read(database, 'isOpen')
  if (typeof known === 'boolean') return known
  try {
    call(database, 'prepare', 'SELECT 1')
    return true
  } catch {
    return false
  }
}

type DatabaseClass = (new (...args: unknown[]) => object) & { readonly prototype: object }
type Opened = (database: object, below: Below) => void

/**
 * @param module node:sqlite, where this Node has it
 * @returns puts the class back, for all who get it by `require`
 */
export function watchDatabases(module: object | undefined, opened: Opened): () => void {
  const original = read(module, 'DatabaseSync') as DatabaseClass | undefined
  if (module === undefined || typeof original !== 'function') return () => undefined
  const known = new WeakSet()
  const opens: Opened = (database, below) => {
    if (known.has(database)) return
    known.add(database)
    opened(database, below)
  }
  const construct = (target: DatabaseClass, args: unknown[], newTarget: DatabaseClass): object => {
    const database = Reflect.construct(target, args, newTarget === watched ? target : newTarget)
    paths.set(database, pathText(args[0]))
    opens(database, construct)
    return database
  }
  const watched: DatabaseClass = new Proxy(original, { construct })
  const undo = [
    replace(module, 'DatabaseSync', watched),
    // `database.constructor === DatabaseSync` for whoever has the replaced one.
    replace(original.prototype, 'constructor', watched),
    ...USES.map(name => watchUse(original.prototype, name, opens)),
  ]
  return () => undo.forEach(put => put())
}

/** Without one of these nobody does anything with a database. */
const USES = ['open', 'prepare', 'exec', 'function', 'aggregate', 'createSession', 'applyChangeset']

function watchUse(prototype: object, name: string, opens: Opened): () => void {
  const original = read(prototype, name)
  if (typeof original !== 'function') return () => undefined
  const use = function (this: object, ...args: unknown[]): unknown {
    const result: unknown = Reflect.apply(original, this, args)
    orElse(() => notice(this, opens, use), undefined)
    return result
  }
  Object.defineProperty(use, 'name', { value: name })
  return replace(prototype, name, use)
}

function notice(database: object, opens: Opened, below: Below): void {
  if (!paths.has(database)) paths.set(database, pathText(call(database, 'location') ?? ':memory:'))
  opens(database, below)
}

function replace(holder: object, name: string, value: unknown): () => void {
  const property = Object.getOwnPropertyDescriptor(holder, name)
  if (property === undefined) return () => undefined
  Object.defineProperty(holder, name, { ...property, value })
  return () => void (read(holder, name) === value && Object.defineProperty(holder, name, property))
}
