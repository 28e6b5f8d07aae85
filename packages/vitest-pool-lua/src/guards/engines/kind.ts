/** One kind of engine that is tracked unasked. What its package looks like inside may change: reading never throws. */
import type { Opening } from './opening.ts'

export interface EngineKind<T extends object = object> {
  /** What has keys: only those of one kind are compared. */
  readonly group?: string
  /** What findings call this one. */
  name(this: void, value: T): string
  /** What it stands for, without secrets; null where two of them are nothing to speak of. */
  key(this: void, value: T, opening: Opening): string | null
  /** By now it is known that it does something else than others of its key: two of them are no duplicates. */
  isApart?(this: void, value: T): boolean
  /** One test that opens two needs two. */
  readonly sideBySide?: true
  /** It has just been opened, or is still being made. */
  begin?(this: void, value: T): void
  isOpen(this: void, value: T): boolean
  dispose(this: void, value: T): unknown
  /** Resolves when it has ended by itself: its work may be done. */
  ended?(this: void, value: T): Promise<unknown>
  /** What opens it on behalf of something that is tracked itself, or for the process's life. */
  readonly inner?: RegExp
  /** Libraries keep their own for the process's life: only where code of the user's opens it, it is one. */
  readonly needsUser?: true
  /**
   * As long as it is open, Node or what it holds keeps it alive: then it need not be kept here. What is closed is the
   * project's own to let go.
   */
  lives?(this: void, value: T): boolean
  /** Whose finding it is: default an engine's. */
  readonly found?: 'handle'
}

/** Code of a package other than these, between what was opened and the project's own: it knows what it does. */
export function byOtherPackages(...own: readonly string[]): RegExp {
  const notOwn = own.length === 0 ? '' : String.raw`(?!(?:${own.join('|')})[\\/])`
  return new RegExp(String.raw`[\\/]node_modules[\\/](?!.*[\\/]node_modules[\\/])${notOwn}`)
}

export function either(one: RegExp, other: RegExp): RegExp {
  return new RegExp(`${one.source}|${other.source}`)
}

/** A path of properties, as far as it goes. */
export function read(value: unknown, ...path: readonly PropertyKey[]): unknown {
  let found = value
  for (const name of path) {
    if (found === null || found === undefined) return undefined
    found = Reflect.get(Object(found), name)
  }
  return found
}

/** Calls a method of a foreign object, if it has it. */
export function call(value: unknown, method: PropertyKey, ...args: readonly unknown[]): unknown {
  const found = read(value, method)
  return typeof found === 'function' ? Reflect.apply(found, value, args) : undefined
}

export function text(value: unknown, standard = ''): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : standard
}

/** What a package looks like inside is its own affair: where it is not as expected, nothing is known of it. */
export function orElse<T>(work: () => T, otherwise: T): T {
  try {
    return work()
  } catch {
    return otherwise
  }
}
