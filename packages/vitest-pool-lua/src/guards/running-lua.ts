/** Calls into Lua that have not returned, for the worker, which knows no states. */
import * as state from '@vitest-pool-lua/state'
import type { RunningLua } from '../protocol/blocked-place.ts'

/** Asked in the middle of a call, it must not lose what else is known: what fails is no frames. */
export function runningLua(): readonly RunningLua[] {
  try {
    return (state as { runningLua?(): readonly RunningLua[] }).runningLua?.() ?? []
  } catch {
    return []
  }
}
