/** What a sweep leaves alone (kept, allowed) until the run ends: a worker tells the main process, which ends it then. */
import type { SweepTier } from './settings.ts'

/** Known by its start time, which is another one in each tier. */
export interface Spared {
  readonly pid: number
  readonly startTime: number
  readonly tier: SweepTier
}

export function sparedBy({ tier, processes }: SweepOutcome): Spared[] {
  const spared = processes.filter(({ outcome }) => outcome === 'kept' || outcome === 'allowed')
  return spared.map(({ pid, startTime }) => ({ pid, startTime, tier }))
}

interface SweepOutcome {
  readonly tier: SweepTier
  readonly processes: readonly {
    readonly pid: number
    readonly startTime: number
    readonly outcome: string
  }[]
}
