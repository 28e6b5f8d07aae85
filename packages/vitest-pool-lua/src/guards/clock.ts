/**
 * Time as it really passes: a test may have left fake timers behind. So clock
 * and timers are taken hold of when this module is loaded.
 */
const monotonic = performance.now.bind(performance)
const start = setTimeout
const stop = clearTimeout
const repeat = setInterval
const end = clearInterval

/** ms, only good for differences. */
export function now(): number {
  return monotonic()
}

/** Gives what `work` gives, or `late` after so many ms. */
export async function within<T>(limit: number, work: Promise<T>, late: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<T>(resolve => {
    timer = start(resolve, limit, late)
  })
  try {
    return await Promise.race([work, timeout])
  } finally {
    stop(timer)
  }
}

/** Again and again, as long as the process has other things to do. Gives what ends it. */
export function every(interval: number, work: () => void): () => void {
  const timer = repeat(work, interval).unref()
  return () => end(timer)
}

/** Once, as long as the process has other things to do. */
export function later(work: () => void, delay: number): void {
  start(work, delay).unref()
}

export function pause(ms: number): Promise<void> {
  return new Promise(resolve => {
    start(resolve, ms)
  })
}
