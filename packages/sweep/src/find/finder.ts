/** What the platforms' twins have in common. */
import type { Cookie } from '../cookie.ts'
import type { ProcessIdentity, RunningProcess } from '../process.ts'
import type { SweepTarget } from '../target.ts'

/** A living process that belongs to the target. */
export interface Member extends RunningProcess {
  /** Stopped, as by SIGSTOP: it sees no signal but SIGKILL until it is continued. */
  readonly stopped: boolean
  /** Its main thread has ended, and others have not yet: as a rule it was killed. */
  readonly ending?: boolean
  /** Has the exempting variable in its environment. */
  readonly exempting: boolean
}

/** Finds one target, again and again. A process once found stays found while it lives. */
export interface Search {
  /** All members that live now; on Linux parents before their children. */
  rescan(): readonly Member[] | Promise<readonly Member[]>
  /**
   * Acts on those that are still the same processes, comparing start times as late as the platform
   * can: a pid that was given to another process is never signalled.
   */
  forEachSame<P extends ProcessIdentity>(
    processes: readonly P[],
    act: (process: P) => void,
  ): void | Promise<void>
}

export interface Finder {
  search(target: SweepTarget): Search
}

export interface FinderOptions {
  /** Everything that the searches can be about; what is outside need not be looked at again. */
  readonly universe: SweepTarget
  readonly exempting?: Cookie | undefined
  /** Of a variable in the environment, whose value is to be told. */
  readonly label?: string | undefined
  /** A start time: no holder of a cookie is older than that. */
  readonly since?: number
}
