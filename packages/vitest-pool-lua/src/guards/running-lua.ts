/** Where Lua is, for the worker, which knows no states. */
import { runningLua as running } from '@vitest-pool-lua/state'
import type { RunningLua } from '../protocol/blocked-place.ts'

export { tellStuckCalls } from '@vitest-pool-lua/state'

/** Asked in the middle of a call, it must not lose what else is known: where it fails, nothing of Lua is. */
export function runningLua(): readonly RunningLua[] {
  try {
    return running()
  } catch {
    return []
  }
}
