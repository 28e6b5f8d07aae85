/**
 * Elsewhere than on Linux: finds descendants with pidtree, and who is in a group, and asks the platform for the rest.
 * An orphan in a session of its own whose parent had ended before it was first seen is not found: nothing shows whose
 * it was.
 */
import { type ProcessIdentity, isSameProcess } from '../process.ts'
import { type SweepTarget, pidOf } from '../target.ts'
import { listEdges, withAncestors, withDescendants } from './edges.ts'
import type { Finder, Member, Search } from './finder.ts'
import { chooseInspector } from './choose-inspector.ts'
import type { Inspected, Inspector } from './inspector.ts'
import { openMarker } from './marker.ts'
import { treeClock } from './start-clock.ts'

export function openTreeFinder(): Finder {
  const inspector = chooseInspector()
  return { search: target => openTreeSearch(target, inspector) }
}

function openTreeSearch(target: SweepTarget, inspector: Inspector): Search {
  const given = [target.roots, target.groups, target.known].flatMap(some => some ?? [])
  const groups = new Set(target.groups?.map(pidOf))
  const sources = new Set(given.map(pidOf))
  const unify = openUnifier(given)
  const marker = openMarker(target, treeClock)

  const rescan = async (): Promise<Member[]> => {
    inspector.checkTools()
    const edges = await listEdges()
    const grouped = groups.size === 0 ? [] : [process.pid, ...(await inspector.inGroups(groups))]
    const wanted = withDescendants([...sources, ...grouped.filter(pid => pid !== process.pid)], edges)
    const inspected = await inspector.inspect([...new Set([...wanted, ...grouped])])
    const table = new Map(inspected.map(shown => [shown.pid, toRow(unify(shown))]))
    const found = marker.mark(table, withAncestors(process.ppid, edges))
    for (const pid of found.keys()) sources.add(pid)
    return [...table.values()].flatMap(({ stat }) => {
      const how = found.get(stat.pid)
      return how ? [{ ...stat, found: how, exempting: false }] : []
    })
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
