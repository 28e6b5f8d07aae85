/**
 * Looks what a sweep would find, and ends nothing.
 *
 *     for (const value of cookieValues('MY_RUN')) await look({ cookie: { name: 'MY_RUN', value } })
 */
import { type Cookie, valuesIn } from './cookie.ts'
import { type Exemption, exemptionsOf } from './exemptions.ts'
import { hasProc, listPids, readEnviron } from './find/proc-files.ts'
import { bestTier, openFinder } from './find/platform.ts'
import { type RunningProcess, type Tier, byAge, toRunning } from './process.ts'
import { type SweepTarget, checkTarget } from './target.ts'

export interface LookOptions {
  /** Exempts every process with this variable in its environment (tier `proc` only). */
  readonly exempting?: Cookie
  /** Default: `proc` on Linux, `tree` elsewhere. */
  readonly tier?: Tier
}

export interface LookedAt extends RunningProcess {
  /** Why a sweep would leave it alone; null where it would not. */
  readonly exemption: Exemption | null
}

/** Parents before their children. */
export async function look(target: SweepTarget, options: LookOptions = {}): Promise<readonly LookedAt[]> {
  checkTarget(target)
  const { tier = bestTier(), exempting } = options
  const members = await openFinder(tier, { universe: target, exempting }).search(target).rescan()
  const exemptions = exemptionsOf(members, options)
  return members
    .map(member => Object.assign(toRunning(member), { exemption: exemptions.get(member.pid) ?? null }))
    .toSorted(byAge)
}

/** The values under which this machine's processes hold a cookie; none where environments can't be read. */
export function cookieValues(name: string): ReadonlySet<string> {
  const values = hasProc() ? listPids().flatMap(pid => valuesIn(readEnviron(pid) ?? '', name)) : []
  return new Set(values)
}
