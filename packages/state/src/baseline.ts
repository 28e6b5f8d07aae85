/**
 * What a state is at one moment, to compare with and to put back to.
 *
 *     const baseline = state.baseline()
 *     // ... a test runs ...
 *     for (const change of baseline.diff()) console.log(change.path, change.kind)
 *     baseline.restore()
 *
 * Covered is every table that could be reached then: from the globals, the registry (`package.loaded` and
 * `package.preload` lie there too) and the metatables of strings and the other basic types, through fields under any
 * key, through keys, through metatables of tables and userdata, and on Lua 5.1 through the environments of functions.
 * Of each its own entries and its metatable, past metamethods and `__metatable`. Compared by identity; what a
 * baseline knows lives as long as it does, in weak tables too.
 *
 * Not covered: upvalues and environments that functions were given since, what lies inside of coroutines, userdata
 * and JS objects. In the registry only text is a key of Lua's; any other belongs to C code or to this package. What
 * C code cannot do without once it has put it there stays: metatables and userdata in the registry, and LuaJIT's
 * `package.loaded.ffi`, which can't be opened twice.
 */
import { pathOf } from './baseline/path.ts'
import type { Step, Way } from './baseline/steps.ts'
import type { LuaFunction, LuaTable } from './lua-values.ts'
import { allResults } from './machine/machine.ts'
import type { Core } from './session/core.ts'
import { entriesOf } from './tables/table-functions.ts'

export type BaselineChange =
  | { kind: 'added'; path: string; after: unknown }
  | { kind: 'removed'; path: string; before: unknown }
  | { kind: 'changed'; path: string; before: unknown; after: unknown }

export interface Baseline {
  /**
   * What is different now; `path` as in Lua: `config`, `string.format`, `package.loaded.rules`, `list[1]`,
   * `getmetatable("").__index`. Each table is known by its shortest path at the time of the baseline.
   */
  diff(): BaselineChange[]
  /** Puts all of it back. Can be called any number of times. */
  restore(): void
}

/** Functions of Lua: the snapshot lives there. */
interface Snapshot {
  readonly restore: LuaFunction
  readonly changes: LuaFunction
}

export function takeBaseline(core: Core): Baseline {
  const { restore, changes } = takeSnapshot(core)
  return {
    diff: () => readChanges(changes() as LuaTable),
    restore: () => void restore(),
  }
}

function takeSnapshot(core: Core): Snapshot {
  const thread = core.enter()
  const { base, machine } = core
  try {
    machine.pushHandler(thread)
    machine.pushSnapshotter(thread)
    core.run(thread, 0, allResults)
    const [restore, changes] = core.readAll(thread, machine.top(thread) - 1, 2) as [LuaFunction, LuaFunction]
    return { restore, changes }
  } finally {
    core.leave(thread, base)
  }
}

/**
 * One change after the other: before, after, the number of steps, and way and key of each, the last step first.
 * What is nil is not in the list; what is there may be something that JS has no value for.
 */
function readChanges(list: LuaTable): BaselineChange[] {
  const items = new Map<unknown, unknown>(entriesOf(list))
  const changes: BaselineChange[] = []
  for (let at = 1; items.has(at + 2);) {
    const count = items.get(at + 2) as number
    changes.push(changeAt(items, at, pathOf(stepsAt(items, at + 3, count))))
    at += 3 + 2 * count
  }
  return changes
}

function changeAt(items: ReadonlyMap<unknown, unknown>, at: number, path: string): BaselineChange {
  const [before, after] = [items.get(at), items.get(at + 1)]
  if (!items.has(at)) return { kind: 'added', path, after }
  return items.has(at + 1) ? { kind: 'changed', path, before, after } : { kind: 'removed', path, before }
}

function stepsAt(items: ReadonlyMap<unknown, unknown>, first: number, count: number): Step[] {
  const steps = Array.from({ length: count }, (_, step) => first + 2 * step)
  return steps.map(at => ({ way: items.get(at) as Way, key: items.get(at + 1) })).toReversed()
}
