/**
 * How long something has been running, without the time in which nothing could run.
 *
 *     const clock = runningClock(1_000, monotonic)
 *     clock.tick(false)         // often; later than 1,000 ms after the last one means: this process stood still
 *     clock.elapsed(since)      // ms
 */
export interface RunningClock {
  /** @param stopped whether what is watched is stopped now */
  tick(stopped: boolean): void
  /** @param since by the clock that was given */
  elapsed(this: void, since: number): number
}

/** @param clock ms; a monotonic one */
export function runningClock(longestTick: number, clock: () => number): RunningClock {
  const pauses: { from: number; to: number }[] = []
  let last = clock()
  return {
    tick(stopped) {
      const now = clock()
      if (stopped || now - last > longestTick) pauses.push({ from: last, to: now })
      last = now
    },
    elapsed(since) {
      const paused = pauses.map(({ from, to }) => Math.max(0, to - Math.max(from, since)))
      return clock() - since - paused.reduce((sum, ms) => sum + ms, 0)
    },
  }
}
