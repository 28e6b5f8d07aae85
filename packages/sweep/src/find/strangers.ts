/**
 * Remembers the pids that were seen not to belong here, so that a rescan reads only what is new. What
 * makes that safe:
 *  - A pid that has vanished is forgotten.
 *  - All is forgotten every second. The kernel hands pids out in turn, so that a pid comes back after
 *    4 s at the soonest on a busy machine.
 *  - Only settled processes are remembered: between fork and exec a process still shows its parent's
 *    environment, and while a program is being loaded it shows none. And zombies, which stay what they are.
 */
import { now } from '../clock.ts'
import { msPerTick } from './proc-files.ts'
import { type TableReading, isLoaded } from './proc-table.ts'
import { nowInTicks } from './self.ts'

/** It stays in its session for life, unless it leads the next one. */
interface Stranger {
  readonly group: number
  readonly session: number
}

const memoryMs = 1000
const settledTicks = 250 / msPerTick

export interface Strangers {
  /** The pids that must be looked at: those that are wanted, and those that are not remembered. */
  passing(listed: readonly number[], wanted: ReadonlySet<number>): number[]
  /** Remembers who in a table of those that passed is not wanted. */
  learn(reading: TableReading, wanted: ReadonlySet<number>): void
  /**
   * When one of these is remembered, or someone in a group or session of theirs, so may be what that has started: then
   * all is forgotten.
   */
  welcome(pids: readonly number[]): void
}

export function openStrangers(): Strangers {
  let remembered = new Map<number, Stranger>()
  let forgetAt = 0

  const passing = (listed: readonly number[], wanted: ReadonlySet<number>): number[] => {
    const living = new Set(listed)
    const known = now() < forgetAt ? remembered : new Map<number, Stranger>()
    if (known !== remembered) forgetAt = now() + memoryMs
    remembered = new Map([...known].filter(([pid]) => living.has(pid)))
    return listed.filter(pid => wanted.has(pid) || !known.has(pid))
  }
  const learn = ({ table, zombies }: TableReading, wanted: ReadonlySet<number>): void => {
    for (const zombie of zombies) remembered.set(zombie.pid, zombie)
    const latestStart = nowInTicks() - settledTicks
    for (const [pid, row] of table) {
      if (!wanted.has(pid) && row.stat.startTime < latestStart && isLoaded(row)) {
        remembered.set(pid, row.stat)
      }
    }
  }
  const welcome = (pids: readonly number[]): void => {
    const ids = new Set(pids)
    const belongs = ([pid, { group, session }]: [number, Stranger]): boolean =>
      ids.has(pid) || ids.has(group) || ids.has(session)
    if ([...remembered].some(belongs)) forgetAt = 0
  }
  return { passing, learn, welcome }
}
