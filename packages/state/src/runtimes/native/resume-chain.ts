/**
 * The coroutines that a thread has resumed, one inside the other: the function of C that resumes one has it as its
 * argument (`resume`) or as its upvalue (`wrap`).
 */
import type { Api, LuaPointer, Pointer } from '../c-api/api.ts'
import type { DebugFrames } from './debug-frames.ts'

export interface ChainTools {
  readonly api: Pick<Api, 'tothread' | 'status' | 'getstack'>
  readonly frames: Pick<DebugFrames, 'isInC'>
  readonly firstUpvalue: number
  /** Room for a `lua_Debug`. */
  readonly room: Pointer
}

/** From `first` to the one that runs, or to one that waits for JS. */
export function resumeChain(tools: ChainTools, first: LuaPointer): LuaPointer[] {
  const chain: LuaPointer[] = []
  for (let L = first; L !== 0 && !chain.includes(L); L = resumedBy(tools, L)) chain.push(L)
  return chain
}

function resumedBy({ api, frames, firstUpvalue, room }: ChainTools, L: LuaPointer): LuaPointer {
  if (!frames.isInC(L)) return 0
  for (const index of [1, firstUpvalue]) {
    const thread = api.tothread(L, index)
    if (thread !== 0 && api.status(thread) === 0 && api.getstack(thread, 0, room) !== 0) return thread
  }
  return 0
}
