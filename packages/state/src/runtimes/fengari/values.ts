/** fengari's own objects, as far as we look into them. */

/** A value on Lua's stack or in a table. It is changed in place. */
export interface TValue {
  type: number
  value: unknown
}

export interface Table {
  metatable: Table | null
  readonly strong: ReadonlyMap<unknown, TableEntry>
  /** The first entry. */
  readonly f: TableEntry | undefined
  /** Which metamethods it is known not to have: 0 when nothing is known. */
  flags: number
}

/** In the order of `next`, each leads to the next one. */
export interface TableEntry {
  readonly key: TValue
  readonly value: TValue
  readonly n: TableEntry | undefined
}

export interface Udata {
  readonly data: Record<string, unknown>
  metatable: Table | null
}
