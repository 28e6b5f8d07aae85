/**
 * What one table holds at one moment. That nothing has changed is seen at one glance at fengari's own entries: they
 * are the same objects in the same order. Only where that fails are keys and values compared.
 */
import type { L } from '../binding.ts'
import type { Table, TableEntry } from '../values.ts'
import { copyOf, isSame, nil, setRaw, type Value } from './value.ts'

export interface Difference {
  readonly key: Value
  readonly before: Value
  readonly after: Value
}

interface Saved extends Value {
  readonly entry: TableEntry
  readonly key: Value
}

export class Content {
  readonly #table: Table
  readonly #covers: (key: Value) => boolean
  /** By fengari's hash of the key, in the order of the table. */
  readonly #saved = new Map<unknown, Saved>()

  /** Keys that are not covered are neither compared nor put back. */
  constructor(table: Table, covers: (key: Value) => boolean) {
    this.#table = table
    this.#covers = covers
    this.#save()
  }

  /** The covered keys, and their values. */
  entries(): [key: Value, value: Value][] {
    const all = Array.from(this.#saved.values(), (saved): [Value, Value] => [saved.key, saved])
    return all.filter(([key]) => this.#covers(key))
  }

  differences(): Difference[] {
    return this.#isUntouched() ? [] : [...this.#changed(), ...this.#added()]
  }

  restore(L: L): void {
    if (this.#isUntouched()) return
    for (const { key } of this.#added()) setRaw(L, this.#table, key, nil)
    for (const [hash, saved] of this.#saved) this.#putBack(L, hash, saved)
    // What came back is a new entry, the last of the table.
    if (!this.#isUntouched()) this.#save()
  }

  #putBack(L: L, hash: unknown, saved: Saved): void {
    const now = this.#table.strong.get(hash)?.value ?? nil
    if (!isIdentical(now, saved) && this.#covers(saved.key)) setRaw(L, this.#table, saved.key, saved)
  }

  #save(): void {
    this.#saved.clear()
    for (const [hash, entry] of this.#table.strong) {
      const { type, value } = entry.value
      this.#saved.set(hash, { entry, key: copyOf(entry.key), type, value })
    }
  }

  #isUntouched(): boolean {
    let entry = this.#table.f
    for (const saved of this.#saved.values()) {
      if (entry !== saved.entry || !isIdentical(entry.value, saved)) return false
      entry = entry.n
    }
    return entry === undefined
  }

  *#changed(): Iterable<Difference> {
    for (const [hash, before] of this.#saved) {
      const { key } = before
      const after = this.#table.strong.get(hash)?.value ?? nil
      if (this.#covers(key) && !isSame(before, after)) yield { key, before, after: copyOf(after) }
    }
  }

  *#added(): Iterable<Difference> {
    for (const [hash, entry] of this.#table.strong) {
      if (this.#saved.has(hash) || !this.#covers(entry.key)) continue
      yield { key: copyOf(entry.key), before: nil, after: copyOf(entry.value) }
    }
  }
}

/** What is not can be the same still, as two strings with the same bytes are. */
function isIdentical(one: Value, other: Value): boolean {
  return Object.is(one.value, other.value) && one.type === other.type
}
