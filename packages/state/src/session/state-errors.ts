/** Errors about the state as a whole. */
import { LuaStateError, LuaTimeoutError } from '../errors.ts'
import type { Trace } from '../machine/machine.ts'
import type { RuntimeName } from '../runtime-names.ts'
import { chunkOf, type Place } from '../stack.ts'

/** Where Lua was when it was ended comes with it. */
export function timeoutError(limit: number, { frames, traceback }: Trace): LuaTimeoutError {
  const frame = frames[0]
  const chunk = frame === undefined ? undefined : chunkOf(frame.source)
  const where = frame === undefined ? '' : ` It was ended at ${chunk}:${frame.line}.`
  const message = `A call into Lua took longer than its limit of ${Math.round(limit)} ms (callTimeout).${where}`
  return new LuaTimeoutError(message, { limit, frames, traceback, chunk, line: frame?.line })
}

/** Use after close shows where the state was opened and where it was closed. */
export function closedError(
  runtime: RuntimeName,
  openedAt: Place | undefined,
  closedAt: Place | undefined,
): LuaStateError {
  return new LuaStateError(
    'LUA_STATE_CLOSED',
    `A Lua state (${runtime}) was used after it was closed. It was opened at ${shown(openedAt)} and closed at ` +
      `${shown(closedAt)}. Use it before close(), or open another.`,
  )
}

function shown(place: Place | undefined): string {
  return place === undefined ? 'an unknown place' : `${place.file}:${place.line}:${place.column}`
}
