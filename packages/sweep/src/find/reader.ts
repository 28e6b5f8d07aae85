/**
 * Reads the process table, without the strangers, until nothing in it is in doubt. A process that ended
 * while the table was being read may have started one that the listing did not have yet; and while a
 * program is being loaded its environment is empty, so that it shows no cookie.
 */
import type { SweepTarget } from '../target.ts'
import { openMarker } from './marker.ts'
import { listPids } from './proc-files.ts'
import { type ProcessTable, readTable } from './proc-table.ts'
import { openStrangers } from './strangers.ts'

/** A machine on which processes come and go all the time must not hold a reading up. */
const mostReadings = 5

export interface Reader {
  read(): ProcessTable
}

export function openReader(universe: SweepTarget, ancestors: ReadonlySet<number>, since: number): Reader {
  // The roots are no strangers: whoever descends from them is looked up through them.
  const marker = openMarker({ ...universe, includeRoots: true })
  const strangers = openStrangers()
  // Zombies that nobody collects, and cleared environments, are in doubt for good: once is enough.
  let doubted = new Set<number>()

  const read = (readings = 1): ProcessTable => {
    const pids = strangers.passing(listPids())
    const table = readTable(pids, since)
    strangers.learn(table, marker.mark(table, ancestors))
    const doubtful = pids.filter(pid => isInDoubt(pid, table))
    const isCertain = doubtful.every(pid => doubted.has(pid))
    doubted = new Set(doubtful)
    return isCertain || readings >= mostReadings ? table : read(readings + 1)
  }
  return { read: () => read() }
}

function isInDoubt(pid: number, table: ProcessTable): boolean {
  const row = table.get(pid)
  return row === undefined || row.environ() === ''
}
