/**
 * Tells of each process that runs longer than it may, once.
 *
 *     const stop = limitTime({ limit: 120_000, living: () => [{ pid, ppid, startTime, since }], over: process => end(process) })
 *
 * It looks ten times within the limit, at most four times a second. Time does not count in which this process stood
 * still or somebody had an inspector open.
 */
import inspector from 'node:inspector'
import { runningClock } from '../../running-clock.ts'
import { every, now } from '../clock.ts'

export interface Timed {
  readonly pid: number
  readonly ppid: number
  /** As the sweep tells start times; 0 where it is not known. */
  readonly startTime: number
  /** On the guards' clock. */
  readonly since: number
}

export interface TimeLimit {
  /** ms. */
  readonly limit: number
  living(this: void): readonly Timed[]
  /** What it started is not told of as well. */
  over(this: void, process: Timed): void
}

/** ms between two looks. */
const LONGEST = 250
const SHORTEST = 10
/** A look that comes so many times too late says that this process did not run. */
const MUCH_TOO_LATE = 8

/** @returns what ends it */
export function limitTime({ limit, living, over }: TimeLimit): () => void {
  const interval = Math.max(SHORTEST, Math.min(LONGEST, limit / 10))
  const clock = runningClock(interval * MUCH_TOO_LATE, now)
  const told = new Set<number>()
  return every(interval, () => {
    clock.tick(inspector.url() !== undefined)
    const overdue = living().filter(({ since }) => clock.elapsed(since) > limit)
    const fresh = overdue.filter(({ pid }) => !told.has(pid))
    for (const { pid } of fresh) told.add(pid)
    for (const process of fresh.toSorted((a, b) => a.since - b.since)) {
      if (!told.has(process.ppid)) over(process)
    }
  })
}
