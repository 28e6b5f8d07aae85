/** Where a worker is whose event loop does not turn: it tells by itself, as JSON, when its inspector is asked. */
import type { TestName } from './finding.ts'
import type { LuaFrame } from './journal.ts'

export interface BlockedPlace {
  /** Frames of JavaScript, innermost first, as in `Error.stack` but without its first line; source-mapped. */
  readonly stack: string
  /** Calls into Lua that have not returned, innermost first; mostly none or one. */
  readonly lua: readonly RunningLua[]
  /** How many of the stack's first frames were called by Lua; 0 where Lua itself does not go on. */
  readonly aboveLua: number
  /** By the asynchronous context: of several tests the one that really runs. */
  readonly test: TestName | null
}

export interface RunningLua {
  readonly runtime: string
  readonly frames: readonly LuaFrame[]
}

/** The registered symbol under which a worker's globalThis has the function that tells. */
export const BLOCKED_PLACE = 'vitest-pool-lua.blocked-place'
