/**
 * Databases of node:sqlite. Their class is native and tells nobody of its instances, so what the module exports is
 * replaced, in the moment when a program asks for it: loading it unasked would cost, and warn.
 *
 * That must be before the first ES module has it: `syncBuiltinESMExports` passes over the modules that need `node:`.
 */
import { call, read } from './kind.ts'
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

type DatabaseClass = new (...args: unknown[]) => object

/** @returns puts the class back, for all who get it by `require` */
export function watchDatabases(opened: (database: object, below: Below) => void): () => void {
  // Not by `require`, which is what led here.
  const module = process.getBuiltinModule('node:sqlite') as { DatabaseSync?: unknown } | undefined
  const original = module?.DatabaseSync
  if (module === undefined || typeof original !== 'function') return () => undefined
  const construct = (target: DatabaseClass, args: unknown[], newTarget: DatabaseClass): object => {
    const database = Reflect.construct(target, args, newTarget === watched ? target : newTarget)
    paths.set(database, pathText(args[0]))
    opened(database, construct)
    return database
  }
  const watched: DatabaseClass = new Proxy(original as DatabaseClass, { construct })
  module.DatabaseSync = watched
  return () => void (module.DatabaseSync === watched && (module.DatabaseSync = original))
}
