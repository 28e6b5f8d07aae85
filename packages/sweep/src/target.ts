/**
 * What is to be found: the holders of a cookie, the descendants of roots, those in a group, and what was seen before.
 *
 *     { cookie: { name: 'VITEST_POOL_LUA_RUN', value: run }, roots: [{ pid, startTime }] }
 */
import type { Brand } from './brand.ts'
import type { Cookie } from './cookie.ts'
import { SweepError } from './errors.ts'
import type { ProcessGroup, ProcessIdentity } from './process.ts'

export interface SweepTarget {
  readonly cookie?: Cookie
  /** Found whatever they have done to their environment (tier `proc` only). */
  readonly brand?: Brand
  /**
   * Their descendants are found. A bare pid is taken for whatever process has it now: give the
   * identity where the root may be gone.
   */
  readonly roots?: readonly (number | ProcessIdentity)[]
  /** The roots themselves are left alone unless asked for. */
  readonly includeRoots?: boolean
  /** Who is in the process groups that these lead or led; not the leaders themselves. Nobody on Windows. */
  readonly groups?: readonly ProcessGroup[]
  /** Seen before to belong here, as by `watchProcesses`: found even when nothing else shows it any more. */
  readonly known?: readonly ProcessIdentity[]
}

export function pidOf(process: number | ProcessIdentity): number {
  return typeof process === 'number' ? process : process.pid
}

/** A target that is too wide would end the whole machine's processes: it is refused. */
export function checkTarget(target: SweepTarget): void {
  if (target.cookie) checkCookie(target.cookie)
  const processes = [target.roots, target.groups, target.known].flatMap(given => given ?? [])
  for (const process of processes) checkPid(pidOf(process))
  if (!target.cookie && !target.brand && processes.length === 0) {
    throw badTarget('it names nothing', 'Give it a cookie, a brand, roots, groups or known processes.')
  }
}

function checkCookie({ name, value }: Cookie): void {
  if (/^[^=\0]+$/.test(name) && /^[^\0]+$/.test(value)) return
  const given = JSON.stringify({ name, value })
  throw badTarget(`its cookie is ${given}`, 'Name and value must not be empty, and the name has no "=".')
}

function checkPid(pid: number): void {
  if (Number.isSafeInteger(pid) && pid > 1) return
  throw badTarget(`it names the pid ${pid}`, 'A pid is a whole number above 1: everything descends from 1.')
}

function badTarget(what: string, next: string): SweepError {
  return new SweepError('LUA_SWEEP_BAD_TARGET', `The target of a sweep was refused: ${what}. ${next}`)
}
