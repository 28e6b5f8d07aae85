/**
 * Elsewhere than on Linux: finds descendants only, with pidtree, and asks the platform for the rest.
 * An orphan whose parent had ended before it was first seen is not found: nothing shows whose it was.
 */
import { type ProcessIdentity, isSameProcess } from '../process.ts'
import { type SweepTarget, pidOf } from '../target.ts'
import { listEdges, withAncestors, withDescendants } from './edges.ts'
import type { Finder, Member, Search } from './finder.ts'
import { chooseInspector } from './choose-inspector.ts'
import type { Inspected, Inspector } from './inspector.ts'
import { openMarker } from './marker.ts'

export function openTreeFinder(): Finder {
  const inspector = chooseInspector()
  return { search: target => openTreeSearch(target, inspector) }
}

function openTreeSearch(target: SweepTarget, inspector: Inspector): Search {
  const given = [...(target.roots ?? []), ...(target.known ?? [])]
  const sources = new Set(given.map(pidOf))
  const unify = openUnifier(given)
  const marker = openMarker(target)

  const rescan = async (): Promise<Member[]> => {
    inspector.checkTools()
    const edges = await listEdges()
    const inspected = await inspector.inspect([...withDescendants(sources, edges)])
    const table = new Map(inspected.map(shown => [shown.pid, toRow(unify(shown))]))
    const found = marker.mark(table, withAncestors(process.ppid, edges))
    const members = [...table.values()].filter(({ stat }) => found.has(stat.pid))
    for (const { stat } of members) sources.add(stat.pid)
    return members.map(toMember)
  }
  return { rescan, forEachSame: async (processes, act) => await forEachSame(processes, act, inspector) }
}

/** All are inspected at once: to run the program for each would take that long for each. */
async function forEachSame<P extends ProcessIdentity>(
  processes: readonly P[],
  act: (process: P) => void,
  inspector: Inspector,
): Promise<void> {
  const now = await inspector.inspect(processes.map(process => process.pid))
  for (const process of processes) {
    if (now.some(shown => isSameProcess(shown, process))) act(process)
  }
}

interface TreeRow {
  readonly stat: Inspected
  environ(): undefined
  brand(): undefined
}

function toRow(stat: Inspected): TreeRow {
  return { stat, environ: () => undefined, brand: () => undefined }
}

function toMember({ stat }: TreeRow): Member {
  return { ...stat, found: 'descent', exempting: false }
}

/** Gives a process the start time under which it was known first, which may differ by one. */
function openUnifier(given: readonly (number | ProcessIdentity)[]): (shown: Inspected) => Inspected {
  const first = new Map<number, ProcessIdentity>()
  for (const process of given) if (typeof process !== 'number') first.set(process.pid, process)
  return shown => {
    const known = first.get(shown.pid)
    if (known && isSameProcess(known, shown)) return { ...shown, startTime: known.startTime }
    first.set(shown.pid, shown)
    return shown
  }
}
