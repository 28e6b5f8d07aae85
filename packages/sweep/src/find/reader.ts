/**
 * Reads the process table, without the strangers, until nothing in it is in doubt. A process that ended
 * while the table was being read may have started one that the listing did not have yet; and while a
 * program is being loaded its environment is empty, so that it shows no cookie.
 */
import type { SweepTarget } from '../target.ts'
import { type Marker, openMarker } from './marker.ts'
import { listPids } from './proc-files.ts'
import { type ProcessTable, isLoaded, readTable } from './proc-table.ts'
import { ownAncestors } from './self.ts'
import { procClock } from './start-clock.ts'
import { openStrangers } from './strangers.ts'

/** A machine on which processes come and go all the time must not hold a reading up. */
export const mostReadings = 3
/**
 * Of a reading that has found nobody and is in doubt. A process that replaces itself every 2 ms is not seen by one of
 * five, and who takes it for gone lets it go on.
 */
const mostForNobody = 15

export interface Reader {
  /**
   * The table, and who in it belongs to the marker's target.
   *
   * @param most how often it is read while it has nobody and is in doubt
   */
  read(marker: Marker, most?: number): Reading
  /** Makes sure that what descends from these, or is in a group of theirs, is no stranger, though it may have been one. */
  welcome(pids: readonly number[]): void
}

interface Reading {
  readonly table: ProcessTable
  readonly marked: ReturnType<Marker['mark']>
}

export function openReader(universe: SweepTarget, since: number): Reader {
  const ancestors = ownAncestors()
  const universeMarker = openMarker(universe, procClock)
  const strangers = openStrangers()
  // Zombies that nobody collects, and cleared environments, are in doubt for good: once is enough.
  let doubted = new Set<number>()

  const read = (marker: Marker, most: number, readings = 1): Reading => {
    const wanted = (): Set<number> => new Set([process.pid, ...universeMarker.wanted(), ...marker.wanted()])
    const pids = strangers.passing(listPids(), wanted())
    const reading = readTable(pids, since)
    const { table } = reading
    const marked = marker.mark(table, ancestors)
    universeMarker.mark(table, ancestors)
    strangers.learn(reading, wanted())
    const doubtful = pids.filter(pid => isInDoubt(pid, table))
    const isCertain = doubtful.every(pid => doubted.has(pid))
    doubted = new Set(doubtful)
    const enough = marked.size === 0 ? most : mostReadings
    return isCertain || readings >= enough ? { table, marked } : read(marker, most, readings + 1)
  }
  return {
    read: (marker, most = mostForNobody) => read(marker, most),
    welcome: pids => strangers.welcome(pids),
  }
}

/** It has ended since the listing, or its program is being loaded. */
function isInDoubt(pid: number, table: ProcessTable): boolean {
  const row = table.get(pid)
  return row === undefined || !isLoaded(row)
}
