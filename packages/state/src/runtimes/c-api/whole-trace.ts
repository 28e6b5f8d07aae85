/** Where Lua is, over all threads that run: the coroutine's own frames first, then those of who resumed it. */
import type { Trace } from '../../machine/machine.ts'
import type { LuaPointer } from './api.ts'
import type { RunningThreads } from './running-threads.ts'

/**
 * `own` is what the thread `L` told of itself: nothing where its stack is nearly used up, or where none but our own code
 * runs yet. `traceOf` asks a thread from outside.
 */
export function wholeTrace(
  own: Trace,
  L: LuaPointer,
  threads: RunningThreads,
  traceOf: (thread: LuaPointer) => Trace,
): Trace {
  const innermost = own.frames.length > 0 ? own : traceOf(L)
  const waiting = threads.all().filter(thread => thread !== L)
  return waiting
    .toReversed()
    .map(traceOf)
    .filter(({ frames }) => frames.length > 0)
    .reduce(join, innermost)
}

function join(inner: Trace, outer: Trace): Trace {
  return {
    frames: [...inner.frames, ...outer.frames],
    traceback: `${inner.traceback}\n${outer.traceback}`,
  }
}
