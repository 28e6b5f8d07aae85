/**
 * Lets the main process ask where this one is when its event loop does not turn: pool/blocked/place-of-blocked.ts.
 *
 *     offerBlockedPlace()   // once, when the worker boots
 */
import inspector from 'node:inspector'
import { later } from '../guards/clock.ts'
import { inForce } from '../guards/in-force.ts'
import { runningLua } from '../guards/running-lua.ts'
import { userFrames } from '../guards/user-frames.ts'
import { BLOCKED_PLACE } from '../protocol/blocked-place.ts'
import type { BlockedPlace } from '../protocol/blocked-place.ts'

/** ms: by then the main process has read what it wanted. */
const LOOKED_AT_FOR = 300

export function offerBlockedPlace(): void {
  // Where SIGUSR1 lets the inspector listen: any free port, because several workers may be asked at once.
  process.debugPort = 0
  Reflect.set(globalThis, Symbol.for(BLOCKED_PLACE), blockedPlace)
}

/** Runs in the middle of whatever does not end. JSON, because that crosses as it is. */
function blockedPlace(): string {
  // Where it ends after all, the inspector must not stay open: nothing has a limit as long as somebody may debug.
  later(() => inspector.close(), LOOKED_AT_FOR)
  return JSON.stringify({
    ...userFrames(blockedPlace),
    lua: runningLua(),
    test: inForce()?.clock.now()?.name ?? null,
  } satisfies BlockedPlace)
}
