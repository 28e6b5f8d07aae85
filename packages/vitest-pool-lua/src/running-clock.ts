/**
 * How long something has been running, without the time in which nothing could run.
 *
 *     const clock = runningClock(1_000)
 *     clock.tick(false)         // often; later than 1,000 ms after the last one means: this process stood still
 *     clock.elapsed(since)      // ms
 */
import { monotonic } from '../monotonic.ts'

export interface RunningClock {
  /** @param stopped whether what is watched is stopped now */
  tick(stopped: boolean): void
  /** @param since by the clock of `monotonic` */
  elapsed(this: void, since: number): number
}

export function runningClock(longestTick: number): RunningClock {
  const pauses: { from: number; to: number }[] = []
  let last = monotonic()
  return {
    tick(stopped) {
      const now = monotonic()
      if (stopped || now - last > longestTick) pauses.push({ from: last, to: now })
      last = now
    },
    elapsed(since) {
      const paused = pauses.map(({ from, to }) => Math.max(0, to - Math.max(from, since)))
      return monotonic() - since - paused.reduce((sum, ms) => sum + ms, 0)
    },
  }
}
