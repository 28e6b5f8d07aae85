/**
 * Remembers the pids that were seen not to belong here, so that a rescan reads only what is new. What
 * makes that safe:
 *  - A pid that has vanished is forgotten.
 *  - All is forgotten every second. The kernel hands pids out in turn, so that a pid comes back after
 *    4 s at the soonest on a busy machine.
 *  - Only settled processes are remembered: between fork and exec a process still shows its parent's
 *    environment, and while a program is being loaded it shows none.
 */
import { now } from '../clock.ts'
import { msPerTick } from './proc-files.ts'
import { type ProcessTable, isLoaded } from './proc-table.ts'
import { nowInTicks } from './self.ts'

const memoryMs = 1000
const settledTicks = 250 / msPerTick

export interface Strangers {
  /** The pids that must be looked at: those that are wanted, and those that are not remembered. */
  passing(listed: readonly number[], wanted: ReadonlySet<number>): number[]
  /** Remembers who in a table of those that passed is not wanted. */
  learn(table: ProcessTable, wanted: ReadonlySet<number>): void
  /** When one of these is remembered, what it has started may be as well: then all is forgotten. */
  welcome(pids: readonly number[]): void
}

export function openStrangers(): Strangers {
  let remembered = new Set<number>()
  let forgetAt = 0

  const passing = (listed: readonly number[], wanted: ReadonlySet<number>): number[] => {
    const known = now() < forgetAt ? remembered : new Set<number>()
    if (known !== remembered) forgetAt = now() + memoryMs
    remembered = new Set(listed.filter(pid => known.has(pid)))
    return listed.filter(pid => wanted.has(pid) || !known.has(pid))
  }
  const learn = (table: ProcessTable, wanted: ReadonlySet<number>): void => {
    const latestStart = nowInTicks() - settledTicks
    for (const [pid, row] of table) {
      if (!wanted.has(pid) && row.stat.startTime < latestStart && isLoaded(row)) remembered.add(pid)
    }
  }
  const welcome = (pids: readonly number[]): void => {
    if (pids.some(pid => remembered.has(pid))) forgetAt = 0
  }
  return { passing, learn, welcome }
}
