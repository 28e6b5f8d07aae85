/** The list of what differs, as `baseline/snapshot-source.ts` describes it. */
import { lua, type L } from '../binding.ts'
import { push } from '../stack.ts'
import { integerValue, type Value } from './value.ts'
import type { Reached } from './walk.ts'

export interface Change {
  readonly at: Reached
  readonly before: Value
  readonly after: Value
}

/** Gives the number of values pushed: the one table. */
export function pushChanges(L: L, changes: readonly Change[]): number {
  lua.lua_createtable(L, 0, 0)
  changes.flatMap(itemsOf).forEach(({ type, value }, index) => {
    push(L, type, value)
    lua.lua_rawseti(L, -2, index + 1)
  })
  return 1
}

function itemsOf({ at, before, after }: Change): Value[] {
  const steps: Value[] = []
  for (let reached: Reached | undefined = at; reached !== undefined; reached = reached.from) {
    steps.push(integerValue(reached.way), reached.key)
  }
  return [before, after, integerValue(steps.length / 2), ...steps]
}
