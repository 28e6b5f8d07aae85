/**
 * Programs that Lua code started by `io.popen` and did not close.
 *
 * Closing a native state waits for them, however long they run, and nothing else happens in this process then. So
 * they are ended before: this guard closes first of all.
 */
import type { LuaState } from '@vitest-pool-lua/state'
import type { Guard } from './guard.ts'
import type { ProcessesGuard } from './processes/guard.ts'

type PerhapsOpen = Pick<LuaState, 'closed' | 'capabilities'>

export function programsGuard(
  processes: Pick<ProcessesGuard, 'endPrograms'>,
  states: readonly PerhapsOpen[],
): Guard {
  return {
    name: 'programs',
    async close() {
      const wouldWait = states.some(({ closed, capabilities }) => !closed && capabilities.popen)
      return wouldWait ? processes.endPrograms() : []
    },
  }
}
