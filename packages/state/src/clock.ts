/**
 * Time as it really passes: a test may have put a fake clock in the place of `performance`, and a deadline
 * must end its endless loop all the same. So clock and timers are taken hold of when this module is loaded.
 */
const monotonic = performance.now.bind(performance)
const { setTimeout, clearTimeout } = globalThis

/** ms: Node takes a longer time for none at all. */
const longestTimer = 2 ** 31 - 1

/** Milliseconds, only good for differences. */
export function now(): number {
  return monotonic()
}

/** Gives the function that calls it off. */
export function after(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, Math.min(ms, longestTimer))
  return () => clearTimeout(timer)
}
