/**
 * What is known of a process: plain data, the same shape on every platform.
 */

/**
 * `proc`: Linux, read from `/proc`: cookies, brands, groups and descent.
 * `tree`: elsewhere, read with `ps` or PowerShell: groups and descent; on Windows descent only.
 */
export type Tier = 'proc' | 'tree'

/** A pid alone may be another process a few seconds later; with its start time it is one process. */
export interface ProcessIdentity {
  readonly pid: number
  /**
   * Only good for comparing, within one tier: clock ticks since boot in `proc`, seconds since 1970 in
   * `tree`, and 0 where it could not be learnt (then only the pid is compared).
   */
  readonly startTime: number
}

/** A process group, by the process that leads or led it. Where its start time is 0, unknown, its group is not looked for. */
export interface ProcessGroup extends ProcessIdentity {
  /**
   * ms since 1970 when the leader was known to have ended: give it where the sweep may come later. Until then nobody
   * else can have had the number; after that only as long as someone in the group lives.
   */
  readonly endedAt?: number
}

export interface RunningProcess extends ProcessIdentity {
  readonly ppid: number
  /** The whole command line; the bare name in brackets where there is none: `[kworker]`. */
  readonly command: string
  readonly ageMs: number
  /** User and system time together. */
  readonly cpuMs: number
  readonly rssBytes: number
  /** Whether it held the cookie, had the brand or was in the group itself, or was found as a descendant only. */
  readonly found: 'cookie' | 'brand' | 'group' | 'descent'
  /** The value of the variable that was asked for as `label`, where it has it (tier `proc` only). */
  readonly label?: string
}

/** A process that was swept, as it was when it was found, and what became of it. */
export type SweptProcess = RunningProcess &
  (
    | { readonly outcome: 'ended' }
    /** `allowed`: by the allow list; `kept`: by `keep` or the exempting variable. */
    | { readonly outcome: 'allowed' | 'kept' | 'survived'; readonly reason: string }
  )

/**
 * Start times one apart are the same: `ps` of Linux reckons them anew each time, from a boot time that
 * it rounds. No pid comes back that soon.
 */
export function isSameProcess(a: ProcessIdentity, b: ProcessIdentity): boolean {
  if (a.pid !== b.pid) return false
  return Math.abs(a.startTime - b.startTime) <= 1 || a.startTime === 0 || b.startTime === 0
}

/** For sorting: parents before their children. */
export function byAge(a: ProcessIdentity, b: ProcessIdentity): number {
  return a.startTime - b.startTime || a.pid - b.pid
}

/** Without whatever else a value may carry. */
export function toRunning(process: RunningProcess): RunningProcess {
  const { pid, ppid, startTime, command, ageMs, cpuMs, rssBytes, found, label } = process
  const running = { pid, ppid, startTime, command, ageMs, cpuMs, rssBytes, found }
  return label === undefined ? running : { ...running, label }
}
