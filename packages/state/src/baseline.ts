/**
 * What a state's globals and loaded packages are at one moment, to compare with and to restore to.
 *
 *     const baseline = state.baseline()
 *     // ... a test runs ...
 *     for (const change of baseline.diff()) console.log(change.path, change.kind)
 *     baseline.restore()
 *
 * Covered are `_G`, `package.loaded`, and every table that was reachable from them by string keys, such as
 * `string` or a module's table: their own entries, past metamethods. Compared by identity.
 */
import type { LuaTable } from './lua-values.ts'
import { rawEntriesAt, rawSetAt } from './tables/table-access.ts'
import { handleOf } from './values/handles.ts'
import { decodeUtf8 } from './values/strings.ts'

export type BaselineChange =
  | { kind: 'added'; path: string; after: unknown }
  | { kind: 'removed'; path: string; before: unknown }
  | { kind: 'changed'; path: string; before: unknown; after: unknown }

export interface Baseline {
  /** What is different now; `path` as in Lua: `config`, `string.format`, `package.loaded.rules`. */
  diff(): BaselineChange[]
  /** Puts every entry back. Values that were changed inside (a table's rows) are covered as far as reachable. */
  restore(): void
}

interface Snapshot {
  readonly path: string
  readonly entries: ReadonlyMap<unknown, unknown>
}

export function takeBaseline(globals: LuaTable): Baseline {
  const snapshots = takeAll(globals)
  return {
    diff: () => [...snapshots].flatMap(([table, snapshot]) => diffOf(table, snapshot)),
    restore: () => {
      for (const [table, snapshot] of snapshots) restoreTable(table, snapshot)
    },
  }
}

/** Breadth first, so that each table is known by its shortest path. */
function takeAll(globals: LuaTable): Map<object, Snapshot> {
  const snapshots = new Map<object, Snapshot>()
  const waiting: { table: object; path: string }[] = [{ table: globals, path: '' }]
  for (const { table, path } of waiting) {
    if (snapshots.has(table)) continue
    const entries = entriesNow(table)
    snapshots.set(table, { path, entries })
    for (const [key, value] of entries) {
      if (isTable(value) && typeof key === 'string') waiting.push({ table: value, path: pathOf(path, key) })
    }
  }
  return snapshots
}

function diffOf(table: object, { path, entries }: Snapshot): BaselineChange[] {
  const changes: BaselineChange[] = []
  const now = entriesNow(table)
  for (const [key, after] of now) {
    const at = pathOf(path, key)
    if (!entries.has(key)) changes.push({ kind: 'added', path: at, after })
    else if (!Object.is(entries.get(key), after)) {
      changes.push({ kind: 'changed', path: at, before: entries.get(key), after })
    }
  }
  for (const [key, before] of entries) {
    if (!now.has(key)) changes.push({ kind: 'removed', path: pathOf(path, key), before })
  }
  return changes
}

function restoreTable(table: object, { entries }: Snapshot): void {
  const handle = handleOf(table)
  if (handle === undefined) return
  const now = entriesNow(table)
  for (const key of now.keys()) if (!entries.has(key)) rawSetAt(handle.core, handle.ref, key, undefined)
  for (const [key, value] of entries) {
    if (!Object.is(now.get(key), value)) rawSetAt(handle.core, handle.ref, key, value)
  }
}

function entriesNow(table: object): Map<unknown, unknown> {
  const handle = handleOf(table)
  const entries = handle === undefined ? [] : rawEntriesAt(handle.core, handle.ref)
  return new Map(entries.map(([key, value]) => [comparable(key), comparable(value)]))
}

/** With `encoding: 'bytes'` each reading gives new bytes: as text they can be compared, and come back the same. */
function comparable(value: unknown): unknown {
  return value instanceof Uint8Array ? decodeUtf8(value) : value
}

function pathOf(path: string, key: unknown): string {
  const simple = typeof key === 'string' && /^[A-Za-z_]\w*$/.test(key)
  if (simple) return path === '' ? key : `${path}.${key}`
  return `${path === '' ? '_G' : path}[${typeof key === 'string' ? JSON.stringify(key) : String(key)}]`
}

function isTable(value: unknown): value is object {
  return typeof value === 'object' && value !== null && handleOf(value)?.kind === 'table'
}
