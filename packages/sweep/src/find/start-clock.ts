/** Moments on the clock on which start times are told: another one in each tier. */
import { epochNow, wallNow } from '../clock.ts'
import { msPerTick } from './proc-files.ts'
import { nowInTicks } from './self.ts'

export interface StartClock {
  now(): number
  /** @param epochMs milliseconds since 1970 */
  at(epochMs: number): number
}

/** Ticks since boot. */
export const procClock: StartClock = {
  now: nowInTicks,
  at: epochMs => nowInTicks() - (epochNow() - epochMs) / msPerTick,
}

/** Seconds since 1970. */
export const treeClock: StartClock = {
  now: () => wallNow() / 1000,
  at: epochMs => epochMs / 1000,
}
