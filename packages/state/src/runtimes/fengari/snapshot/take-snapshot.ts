/**
 * What stands behind `baseline.ts` on fengari: the twin in JavaScript of `baseline/snapshot-source.ts`, which would
 * take a hundred times as long here. It works on fengari's own objects, past the stack and all metamethods.
 */
import { ways } from '../../../baseline/steps.ts'
import { tags, type L } from '../binding.ts'
import { push } from '../stack.ts'
import type { Table } from '../values.ts'
import { pushChanges, type Change } from './change-list.ts'
import { integerValue, nil, tableValue } from './value.ts'
import { globalsKey, walk, type Found, type Held, type Reached } from './walk.ts'

/** A function of Lua: gives `restore` and `changes`. */
export function takeSnapshot(L: L): number {
  const snapshot = new Snapshot(L)
  push(L, tags.lightFunction, (running: L) => snapshot.restore(running))
  push(L, tags.lightFunction, (running: L) => pushChanges(running, snapshot.changes(running)))
  return 2
}

class Snapshot {
  /** By the number of the type. */
  readonly #typeMetatables: readonly (Table | null)[]
  readonly #held: readonly Held[]

  constructor(L: L) {
    this.#typeMetatables = typeMetatablesOf(L)
    const registry = L.l_G.l_registry.value
    this.#held = walk(registry, this.#roots(registry))
  }

  restore(L: L): number {
    this.#typeMetatables.forEach((metatable, type) => void (L.l_G.mt[type] = metatable))
    for (const { object, metatable, content } of this.#held) {
      object.metatable = metatable
      content?.restore(L)
    }
    return 0
  }

  changes(L: L): Change[] {
    const now = typeMetatablesOf(L)
    const ofTypes = this.#typeMetatables.flatMap((before, type) =>
      metatableChange(typeRoot(type), before, now[type] ?? null),
    )
    return [...ofTypes, ...this.#held.flatMap(changesOf)]
  }

  #roots(registry: Table): Found[] {
    const globals = registry.strong.get(globalsKey)?.value ?? nil
    return [
      { value: globals, from: undefined, way: ways.globals, key: nil },
      ...this.#typeMetatables.map((metatable, type) => ({ value: tableValue(metatable), ...typeRoot(type) })),
      { value: tableValue(registry), from: undefined, way: ways.registry, key: nil },
    ]
  }
}

/** Of tables and userdata, which have their own, there is none. */
function typeMetatablesOf({ l_G: { mt } }: L): (Table | null)[] {
  return Array.from(mt, metatable => metatable ?? null)
}

function typeRoot(type: number): Reached {
  return { from: undefined, way: ways.typeMetatable, key: integerValue(type) }
}

function changesOf(held: Held): Change[] {
  const { object, metatable, content } = held
  const fields = content?.differences() ?? []
  return [
    ...metatableChange({ from: held, way: ways.metatable, key: nil }, metatable, object.metatable),
    ...fields.map(({ key, before, after }) => ({ at: { from: held, way: ways.field, key }, before, after })),
  ]
}

function metatableChange(at: Reached, before: Table | null, after: Table | null): Change[] {
  return before === after ? [] : [{ at, before: tableValue(before), after: tableValue(after) }]
}
