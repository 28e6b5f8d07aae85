/**
 * Who is in a group, and whether the number is still that group's.
 *
 * The kernel gives a number to no new process while anyone has it as pid, group or session. So it is the group's own
 * while its leader lives, and later as long as someone lives who was in it before; who started after the last moment
 * of which that is known may be in another's group that has the number by now, and is left alone.
 */
import { type ProcessGroup, type ProcessIdentity, isSameProcess } from '../process.ts'
import type { StartClock } from './start-clock.ts'

/** What must be known of a process in order to tell its group. */
export interface Grouped extends ProcessIdentity {
  /** Not on Windows. */
  readonly group?: number
  /** On Linux only. */
  readonly session?: number
}

type Table = ReadonlyMap<number, { readonly stat: Grouped }>

/** What start times may be off by, as `isSameProcess` has it. */
const slack = 1

/** A function that says who is in one of the groups, by a reading of the process table that has the leaders in it. */
export type ReadGroups = (table: Table) => (stat: Grouped) => boolean

export function openGroups(groups: readonly ProcessGroup[], clock: StartClock): ReadGroups {
  const readers = groups.filter(({ startTime }) => startTime > 0).map(group => openGroup(group, clock))
  return table => {
    const holds = readers.map(read => read(table))
    return stat => holds.some(has => has(stat))
  }
}

function openGroup(leader: ProcessGroup, clock: StartClock): ReadGroups {
  let ownUntil = leader.endedAt === undefined ? clock.now() : clock.at(leader.endedAt)

  const proof = (table: Table): boolean => {
    const holder = table.get(leader.pid)?.stat
    if (holder) return isLeader(holder, leader)
    return [...table.values()].some(({ stat }) => isIn(stat, leader) && stat.startTime <= ownUntil + slack)
  }
  return table => {
    if (!mayBeSwept(table.get(process.pid)?.stat, leader) || !proof(table)) return () => false
    ownUntil = Math.max(ownUntil, clock.now())
    return stat => isIn(stat, leader) && stat.startTime <= ownUntil + slack
  }
}

/** This process knows that it is itself, however exactly it knows when it began. */
function isLeader(holder: Grouped, leader: ProcessGroup): boolean {
  return holder.pid === process.pid || isSameProcess(holder, leader)
}

/** The leader itself is a root, as a rule: whether it is to be ended is said there. */
function isIn({ pid, startTime, group, session }: Grouped, leader: ProcessGroup): boolean {
  if (pid === leader.pid || startTime < leader.startTime - slack) return false
  return group === leader.pid || session === leader.pid
}

/** Never a group in which the sweeping process is, unless it leads it. */
function mayBeSwept(own: Grouped | undefined, leader: ProcessGroup): boolean {
  if (own === undefined) return false
  return own.pid === leader.pid || (own.group !== leader.pid && own.session !== leader.pid)
}
