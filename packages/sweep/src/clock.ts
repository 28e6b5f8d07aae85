/**
 * Time as it really passes. A test may put fake timers in the place of the global clocks, and forget
 * them there; so they are taken hold of when this module is loaded.
 */
import { setTimeout as promisedTimeout } from 'node:timers/promises'

const monotonic = performance.now.bind(performance)
const { timeOrigin } = performance
const wall = Date.now.bind(Date)

/** Settles after some milliseconds; a plain copy, because fake timers also replace what was imported. */
export const sleep = promisedTimeout

/** Milliseconds, only good for differences. */
export function now(): number {
  return monotonic()
}

/** Milliseconds since 1970. */
export function epochNow(): number {
  return timeOrigin + monotonic()
}

/** Milliseconds since 1970 as the system has them now: its clock may have been set since this process began. */
export function wallNow(): number {
  return wall()
}
