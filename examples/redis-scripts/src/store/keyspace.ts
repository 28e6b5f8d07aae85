/**
 * The keys of one database: typed values that may expire.
 *
 *     const keys = new Keyspace()
 *     keys.change('jobs', 'list', jobs => jobs.push('1'))
 *     keys.read('jobs', 'list').length   // 1
 *
 * A key that holds no elements does not exist, as in Redis: `change` discards
 * what it leaves empty, `read` gives an empty value for a missing key. Only a
 * stream may be empty.
 */
import { wrongType } from '../redis-reply.ts'
import { Stream } from './stream.ts'

export interface Values {
  string: { text: string }
  hash: Map<string, string>
  list: string[]
  set: Set<string>
  zset: Map<string, number>
  stream: Stream
}

export type Type = keyof Values

/** `expiresAt` is in milliseconds since the epoch, Infinity for a key that stays. */
interface Entry {
  readonly type: Type
  readonly value: Values[Type]
  expiresAt: number
}

const create: { readonly [T in Type]: () => Values[T] } = {
  string: () => ({ text: '' }),
  hash: () => new Map(),
  list: () => [],
  set: () => new Set(),
  zset: () => new Map(),
  stream: () => new Stream(),
}

export class Keyspace {
  readonly #entries = new Map<string, Entry>()

  read<T extends Type>(key: string, type: T): Values[T] {
    return this.#find(key, type) ?? create[type]()
  }

  change<T extends Type, R>(key: string, type: T, change: (value: Values[T]) => R): R {
    const value = this.#find(key, type) ?? create[type]()
    const result = change(value)
    if (isEmpty(value)) this.#entries.delete(key)
    else if (!this.#entries.has(key)) this.#entries.set(key, { type, value, expiresAt: Infinity })
    return result
  }

  /** Replaces whatever the key held, and with it its time to live. */
  setString(key: string, text: string, expiresAt = Infinity): void {
    this.#entries.set(key, { type: 'string', value: { text }, expiresAt })
  }

  has(key: string): boolean {
    return this.#entry(key) !== undefined
  }

  typeOf(key: string): Type | undefined {
    return this.#entry(key)?.type
  }

  delete(key: string): boolean {
    return this.has(key) && this.#entries.delete(key)
  }

  rename(from: string, to: string): boolean {
    const entry = this.#entry(from)
    if (entry === undefined) return false
    this.#entries.delete(from)
    this.#entries.set(to, entry)
    return true
  }

  names(): string[] {
    return [...this.#entries.keys()].filter(key => this.has(key))
  }

  /** When the key expires, Infinity if it stays, undefined if there is none. */
  expiryOf(key: string): number | undefined {
    return this.#entry(key)?.expiresAt
  }

  expireAt(key: string, expiresAt: number): void {
    const entry = this.#entry(key)
    if (entry !== undefined) entry.expiresAt = expiresAt
  }

  #find<T extends Type>(key: string, type: T): Values[T] | undefined {
    const entry = this.#entry(key)
    if (entry === undefined) return undefined
    if (entry.type !== type) throw wrongType()
    return entry.value as Values[T]
  }

  #entry(key: string): Entry | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined || entry.expiresAt > Date.now()) return entry
    this.#entries.delete(key)
    return undefined
  }
}

function isEmpty(value: Values[Type]): boolean {
  if (value instanceof Map || value instanceof Set) return value.size === 0
  return Array.isArray(value) && value.length === 0
}
