/**
 * Looks at a worker from outside, a few times a second: whether it still gives signs of life, and how much memory it
 * has. It tells of the first thing that is wrong, and then looks no more.
 *
 * Time in which the processes were stopped (Ctrl+Z, a sleeping laptop) counts for nobody: while this process looks
 * less often than it should, or the worker is stopped, no time passes for the worker.
 */
import { residentMemory } from '../memory/resident-memory.ts'
import { isStopped } from './stopped.ts'
import { isBlocked, limitOf } from '../journal/deadline.ts'
import type { Limit, Limits } from '../journal/deadline.ts'
import type { JournalReader } from '../journal/journal-reader.ts'
import { monotonic } from '../monotonic.ts'
import { runningClock } from '../../running-clock.ts'

export interface LifeWatch {
  readonly limits: Limits
  /** Bytes of resident memory. */
  readonly workerMemory: number | null
  sampled(rss: number): void
  blocked(overdue: Limit | undefined): void
  overMemory(rss: number): void
}

/** ms between two looks. */
const LONGEST = 250
const SHORTEST = 20
/** A look that comes so many times too late says that this process did not run. */
const MUCH_TOO_LATE = 4

/** @returns what ends it */
export function watchLife(pid: number, journal: JournalReader, watch: LifeWatch): () => void {
  const { limits, workerMemory } = watch
  const interval = Math.max(SHORTEST, Math.min(LONGEST, (limits.grace ?? LONGEST) / 4))
  const clock = runningClock(interval * MUCH_TOO_LATE, monotonic)
  const timer = setInterval(look, interval)
  timer.unref()

  function look(): void {
    clock.tick(isStopped(pid))
    const state = journal.read()
    const rss = residentMemory(pid) ?? state.memory.at(-1)?.rss
    const isOver = rss !== undefined && workerMemory !== null && rss > workerMemory
    if (rss !== undefined) watch.sampled(rss)
    if (isOver) {
      clearInterval(timer)
      watch.overMemory(rss)
    } else if (isBlocked(state, limits, clock.elapsed)) {
      clearInterval(timer)
      watch.blocked(limitOf(state, limits))
    }
  }
  return () => clearInterval(timer)
}
