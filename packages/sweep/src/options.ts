/** The options of a sweep, their defaults, and what is refused. */
import { now } from './clock.ts'
import { SweepError } from './errors.ts'
import type { ExemptionOptions } from './exemptions.ts'
import type { ProcessIdentity, Tier } from './process.ts'

export interface SweepOptions extends ExemptionOptions {
  /** Milliseconds between SIGTERM and SIGKILL (default 200); 0 kills at once. Not on Windows. */
  readonly termAfter?: number
  /** Milliseconds after which what is not gone, SIGKILL or not, is reported as survived (default 5,000). */
  readonly timeout?: number
  /**
   * The oldest process that can hold the cookie or have the brand, as whoever made them up: what is older is not read
   * (tier `proc` only).
   */
  readonly since?: ProcessIdentity
  /** A variable whose value in each process's environment is told with it (tier `proc` only): see `recordSpawnSites`. */
  readonly label?: string
  /** Default: `proc` on Linux, `tree` elsewhere. */
  readonly tier?: Tier
}

export interface Timing {
  readonly termAfter: number
  /** On our clock. */
  readonly deadline: number
}

export function timingOf({ termAfter = 200, timeout = 5000 }: SweepOptions): Timing {
  checkMilliseconds('termAfter', termAfter)
  checkMilliseconds('timeout', timeout)
  return { termAfter, deadline: now() + termAfter + timeout }
}

function checkMilliseconds(option: string, value: number): void {
  if (Number.isFinite(value) && value >= 0) return
  throw new SweepError(
    'LUA_SWEEP_BAD_OPTION',
    `The option "${option}" of a sweep was ${value}: it is a finite number of milliseconds, 0 or more.`,
  )
}
