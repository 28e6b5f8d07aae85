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
import type { ProcessRow, ProcessTable } from './proc-table.ts'
import { nowInTicks } from './self.ts'

const memoryMs = 1000
const settledTicks = 250 / msPerTick
const kernelThreadDaemon = 2

export interface Strangers {
  /** The pids that must be looked at. */
  passing(listed: readonly number[]): number[]
  /** Remembers who is a stranger, that is no member, in a table of those that passed. */
  learn(table: ProcessTable, members: ReadonlyMap<number, unknown>): void
}

export function openStrangers(): Strangers {
  let remembered = new Set<number>()
  let forgetAt = 0

  const passing = (listed: readonly number[]): number[] => {
    const known = now() < forgetAt ? remembered : new Set<number>()
    if (known !== remembered) forgetAt = now() + memoryMs
    remembered = new Set(listed.filter(pid => known.has(pid)))
    return listed.filter(pid => !known.has(pid))
  }
  const learn = (table: ProcessTable, members: ReadonlyMap<number, unknown>): void => {
    const latestStart = nowInTicks() - settledTicks
    for (const [pid, row] of table) {
      const isForeign = !members.has(pid) && pid !== process.pid
      if (isForeign && row.stat.startTime < latestStart && isLoaded(row)) remembered.add(pid)
    }
  }
  return { passing, learn }
}

function isLoaded(row: ProcessRow): boolean {
  return row.environ() !== '' || row.stat.ppid === kernelThreadDaemon || row.stat.pid === kernelThreadDaemon
}
