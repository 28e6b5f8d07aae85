/**
 * Time as it really passes: a test may have put a fake clock in the place of `performance`, and a deadline
 * must end its endless loop all the same. So the clock is taken hold of when this module is loaded.
 */
const monotonic = performance.now.bind(performance)

/** Milliseconds, only good for differences. */
export function now(): number {
  return monotonic()
}
