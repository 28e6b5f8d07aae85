/**
 * Marks which rows of a process table belong to a target: the holders of its cookie or brand, who is in
 * its groups, and whatever descends from its roots, from a holder or from what was marked before. A mark lasts as long as the
 * process: an orphan that init has adopted is still known by its own start time.
 */
import { hasBrand } from '../brand.ts'
import { holdsCookie } from '../cookie.ts'
import type { ProcessIdentity, RunningProcess } from '../process.ts'
import { type SweepTarget, pidOf } from '../target.ts'
import { type Grouped, openGroups } from './groups.ts'
import type { StartClock } from './start-clock.ts'

export type Found = RunningProcess['found']

/** What must be known of a process in order to mark it. */
export interface Row {
  readonly stat: Grouped & { readonly ppid: number }
  /** The environment block; undefined where it can't be read. */
  environ(): string | undefined
  /** Undefined where it has none. */
  brand(): number | undefined
}

type Table = ReadonlyMap<number, Row>

export interface Marker {
  /**
   * The target's members in this table, by pid. A root given as a bare pid is who has it the first
   * time. Never among them: this process, those above it, and what descends from those alone.
   */
  mark(table: Table, ancestors: ReadonlySet<number>): ReadonlyMap<number, Found>
  /** Who must be in the next table: the roots, leaders, those known, those marked. Others only if they are new. */
  wanted(): readonly number[]
}

interface Mark {
  readonly startTime: number
  readonly found: Found
}

export function openMarker(target: SweepTarget, clock: StartClock): Marker {
  const readGroups = openGroups(target.groups ?? [], clock)
  let roots: ReadonlyMap<number, number> | undefined
  let marks = new Map<number, Mark>()
  for (const { pid, startTime } of target.known ?? []) marks.set(pid, { startTime, found: 'descent' })

  const mark = (table: Table, ancestors: ReadonlySet<number>): ReadonlyMap<number, Found> => {
    roots ??= new Map(rootsIn(table, target.roots ?? []))
    const visit = openVisit({ target, table, roots, marks, ancestors, isInGroup: readGroups(table) })
    const next = new Map<number, Mark>()
    for (const row of table.values()) {
      const found = visit(row)
      if (found) next.set(row.stat.pid, { startTime: row.stat.startTime, found })
    }
    marks = next
    return membersOf(next, target.includeRoots ? new Map() : roots)
  }
  const given = [target.roots, target.groups, target.known].flatMap(some => some ?? []).map(pidOf)
  return { mark, wanted: () => [...given, ...marks.keys()] }
}

interface Visit {
  readonly target: SweepTarget
  readonly table: Table
  readonly roots: ReadonlyMap<number, number>
  readonly marks: ReadonlyMap<number, Mark>
  readonly ancestors: ReadonlySet<number>
  readonly isInGroup: (stat: Grouped) => boolean
}

/** A function that says how a row belongs to the target, asking its parents where it must. */
function openVisit(context: Visit): (row: Row) => Found | undefined {
  const visited = new Map<number, Found | undefined>()
  const visit = (row: Row): Found | undefined => {
    const { pid } = row.stat
    if (visited.has(pid) || context.ancestors.has(pid)) return visited.get(pid)
    visited.set(pid, undefined) // Read at different moments, parents could seem to form a circle.
    const found = byItself(row, context) ?? byParent(row, context.table, visit)
    visited.set(pid, found)
    return found
  }
  return visit
}

function byItself(row: Row, { target, roots, marks, isInGroup }: Visit): Found | undefined {
  const { pid, startTime } = row.stat
  const marked = marks.get(pid)
  if (marked?.startTime === startTime) return marked.found
  if (target.cookie && holdsCookie(row.environ() ?? '', target.cookie)) return 'cookie'
  if (target.brand && hasBrand(row.brand(), target.brand)) return 'brand'
  if (isInGroup(row.stat)) return 'group'
  return roots.get(pid) === startTime ? 'descent' : undefined
}

/**
 * A parent is older than its child; one that is younger got the pid of the true parent, which has ended. Start times
 * may be off by one, as `isSameProcess` has it.
 */
function byParent({ stat }: Row, table: Table, visit: (row: Row) => Found | undefined): Found | undefined {
  const parent = table.get(stat.ppid)
  if (!parent || parent.stat.startTime > stat.startTime + 1) return undefined
  return visit(parent) && 'descent'
}

function membersOf(
  marks: ReadonlyMap<number, Mark>,
  without: ReadonlyMap<number, number>,
): ReadonlyMap<number, Found> {
  const members = new Map<number, Found>()
  for (const [pid, { startTime, found }] of marks) {
    if (without.get(pid) !== startTime && pid !== process.pid) members.set(pid, found)
  }
  return members
}

function* rootsIn(
  table: Table,
  roots: readonly (number | ProcessIdentity)[],
): Iterable<[pid: number, startTime: number]> {
  for (const root of roots) {
    const identity = typeof root === 'number' ? table.get(root)?.stat : root
    if (identity) yield [identity.pid, identity.startTime]
  }
}
