/**
 * Who is left alone, and why: `keep` names processes, `allow` recognises them by their command line,
 * `exempting` by a variable in their environment. What an exempt process started is exempt with it.
 */
import type { Cookie } from './cookie.ts'
import type { Member } from './find/finder.ts'
import { type ProcessIdentity, type RunningProcess, isSameProcess } from './process.ts'

export interface AllowPattern {
  /** A part of the command line, or an expression that matches it. */
  readonly match: string | RegExp
  readonly reason: string
}

/** Gives the reason why a process may go on running, or undefined. */
export type Allow = (process: RunningProcess) => string | undefined

export interface ExemptionOptions {
  readonly allow?: readonly AllowPattern[] | Allow
  /** A bare pid is any process that has it; an identity is that one process. */
  readonly keep?: readonly (number | ProcessIdentity)[]
  /** Exempts every process with this variable in its environment (tier `proc` only). */
  readonly exempting?: Cookie
}

export interface Exemption {
  readonly outcome: 'allowed' | 'kept'
  readonly reason: string
}

/** The exemptions among members, by pid. */
export function exemptionsOf(members: readonly Member[], options: ExemptionOptions): Map<number, Exemption> {
  const byPid = new Map(members.map(member => [member.pid, member]))
  const exemptions = new Map<number, Exemption>()
  for (const member of members) {
    const exemption = firstUpwards(member, byPid, options)
    if (exemption) exemptions.set(member.pid, exemption)
  }
  return exemptions
}

function firstUpwards(
  member: Member,
  byPid: ReadonlyMap<number, Member>,
  options: ExemptionOptions,
): Exemption | undefined {
  const passed = new Set<number>()
  for (let at: Member | undefined = member; at && !passed.has(at.pid); at = byPid.get(at.ppid)) {
    passed.add(at.pid)
    const exemption = ownExemption(at, options)
    if (exemption) return at === member ? exemption : inherited(exemption, at)
  }
  return undefined
}

function ownExemption(member: Member, { allow, keep, exempting }: ExemptionOptions): Exemption | undefined {
  if (keep?.some(kept => matchesKept(member, kept))) return { outcome: 'kept', reason: 'asked to be kept' }
  if (member.exempting && exempting) {
    return { outcome: 'kept', reason: `has ${exempting.name}=${exempting.value} in its environment` }
  }
  const reason = typeof allow === 'function' ? allow(member) : reasonByPattern(member.command, allow)
  return reason === undefined ? undefined : { outcome: 'allowed', reason }
}

function inherited({ outcome, reason }: Exemption, from: Member): Exemption {
  return { outcome, reason: `started by ${from.pid}, which is exempt: ${reason}` }
}

function matchesKept(member: Member, kept: number | ProcessIdentity): boolean {
  return typeof kept === 'number' ? member.pid === kept : isSameProcess(member, kept)
}

function reasonByPattern(command: string, patterns: readonly AllowPattern[] = []): string | undefined {
  return patterns.find(({ match }) => matches(command, match))?.reason
}

/** `search` and not `test`: an expression with the flag g or y must not remember where it was. */
function matches(command: string, match: string | RegExp): boolean {
  return typeof match === 'string' ? command.includes(match) : command.search(match) !== -1
}
