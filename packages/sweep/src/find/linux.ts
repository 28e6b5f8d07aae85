/**
 * Linux: finds processes by cookie and by descent in `/proc`, without `ps`.
 *
 *     const finder = openProcFinder({ universe: { cookie: run, roots: [process.pid] } })
 *     const search = finder.search({ cookie: file, roots: [worker] })
 *     search.rescan() // once the strangers are known, only what is new is looked at
 */
import { type ProcessIdentity, byAge } from '../process.ts'
import type { SweepTarget } from '../target.ts'
import type { Finder, FinderOptions, Member, Search } from './finder.ts'
import { openMarker } from './marker.ts'
import { readMember } from './member.ts'
import { readStat } from './proc-files.ts'
import { mostReadings, openReader } from './reader.ts'
import { procClock } from './start-clock.ts'

interface ProcSearch extends Search {
  rescan(): readonly Member[]
  /** The same in haste: who replaces himself all the time may be missed. */
  glance(): readonly Member[]
}

export interface ProcFinder extends Finder {
  search(target: SweepTarget): ProcSearch
}

export function openProcFinder({ universe, since = 0, ...told }: FinderOptions): ProcFinder {
  const reader = openReader(universe, since)
  const search = (target: SweepTarget): ProcSearch => {
    const marker = openMarker(target, procClock)
    reader.welcome(marker.wanted())
    const scan = (most?: number): Member[] => {
      const { table, marked } = reader.read(marker, most)
      const members: Member[] = []
      for (const [pid, found] of marked) {
        const row = table.get(pid)
        if (row) members.push(readMember(row, found, told))
      }
      // Who sees its child end may go on, or start another.
      return members.toSorted(byAge)
    }
    return { rescan: () => scan(), glance: () => scan(mostReadings), forEachSame }
  }
  return { search }
}

/** The start time is read right before the act: between the two lie microseconds. */
function forEachSame<P extends ProcessIdentity>(processes: readonly P[], act: (process: P) => void): void {
  for (const process of processes) {
    if (readStat(process.pid)?.startTime === process.startTime) act(process)
  }
}
