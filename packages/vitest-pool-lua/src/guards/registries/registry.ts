/**
 * A registry: a process-wide collection that tests fill.
 *
 *     export const plugins = defineRegistry({
 *       name: 'plugins',
 *       entries: () => all.entries(),
 *       remove: name => all.delete(name),
 *       add: (name, plugin) => all.set(name, plugin),
 *     })
 */
import { PoolError } from '../../errors.ts'

/** A registry whose entries can be told apart: it is put back entry by entry. */
export interface KeyedRegistry<Key = unknown, Entry = unknown> {
  readonly name: string
  entries(): Iterable<readonly [Key, Entry]>
  remove(key: Key): unknown
  /** Brings back an entry that a test removed. */
  add?(key: Key, entry: Entry): unknown
  /** Resets what an entry has counted; called before and after each test. */
  reset?(key: Key, entry: Entry): unknown
}

/** A registry that can only be counted and emptied. */
export interface CountedRegistry {
  readonly name: string
  size(): number
  clear(): unknown
}

export type Registry = KeyedRegistry | CountedRegistry

/** @throws PoolError `LUA_POOL_REGISTRY_INCOMPLETE` */
export function defineRegistry<Key, Entry>(definition: KeyedRegistry<Key, Entry>): Registry
export function defineRegistry(definition: CountedRegistry): Registry
export function defineRegistry(definition: unknown): Registry {
  const missing = missingFrom(definition)
  if (missing.length > 0) throw incomplete(definition, missing)
  return definition as Registry
}

export function isRegistry(value: unknown): value is Registry {
  return missingFrom(value).length === 0
}

/** Whether a value was meant as a registry: then what is missing is worth an error. */
export function looksLikeRegistry(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return ['entries', 'remove', 'size', 'clear'].some(name => isFunction(value, name)) && 'name' in value
}

/** Where both are there, the finer is taken. */
export function isKeyed(registry: Registry): registry is KeyedRegistry {
  return isFunction(registry, 'entries') && isFunction(registry, 'remove')
}

function missingFrom(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return ['name', 'entries', 'remove']
  const missing = missingMethods(value).map(name => `${name}()`)
  const { name } = value as { name?: unknown }
  return typeof name === 'string' && name !== '' ? missing : ['name', ...missing]
}

/** Of the nearer of the two shapes. */
function missingMethods(value: object): string[] {
  const lacking = (names: string[]): string[] => names.filter(name => !isFunction(value, name))
  const [keyed, counted] = [lacking(['entries', 'remove']), lacking(['size', 'clear'])]
  if (keyed.length === 0 || counted.length === 0) return []
  return counted.length < keyed.length ? counted : keyed
}

function isFunction(value: object, name: string): boolean {
  return typeof Reflect.get(value, name) === 'function'
}

export function incomplete(given: unknown, missing: readonly string[] = missingFrom(given)): PoolError {
  const name = (given as { name?: unknown } | null)?.name
  const what = typeof name === 'string' ? `The registry "${name}"` : 'A registry'
  return new PoolError(
    'LUA_POOL_REGISTRY_INCOMPLETE',
    `${what} lacks ${missing.join(', ')}. A registry is { name, entries(), remove(key), add?(key, entry), reset?(key, entry) }, or { name, size(), clear() } where nothing finer exists. Add what is missing.`,
  )
}
