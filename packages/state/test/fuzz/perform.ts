/**
 * Does operations to a state and tells what each gave:
 *
 *     play(await loadLua('lua5.4'), [['setGlobal', { name: 'a', value: 1 }], ['readGlobal', { name: 'a' }]])
 *     // [undefined, 1]
 */
import { acts } from './acts.ts'
import { observe, observeError, type Observation } from './observe.ts'
import type { Kind, Operation } from './operations.ts'
import { openWorld, type Open, type World } from './world.ts'

export function play(open: Open, operations: readonly Operation[]): Observation[] {
  const world = openWorld(open)
  try {
    return operations.map(([kind, fields]) => perform(world, kind, fields))
  } finally {
    world.lua.close()
  }
}

/** The kind leads to the act that takes these fields: `Operation` pairs them. */
function perform(world: World, kind: Kind, fields: Operation[1]): Observation {
  const act = acts[kind] as (world: World, fields: Operation[1]) => unknown
  try {
    return observe(act(world, fields))
  } catch (error) {
    return observeError(error)
  }
}
