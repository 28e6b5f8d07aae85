/**
 * The sweeps of a worker: of what its tests started, never of itself.
 *
 *     const sweeps = openSweeps(settings, spawns.unheard)
 *     const strays = await sweeps.end({ roots: [process.pid] })
 *     sweeps.ended()      // how many, so far
 */
import { identityOf, sweep } from '@vitest-pool-lua/sweep'
import type { SweepOptions, SweepTarget } from '@vitest-pool-lua/sweep'
import type { Discovery } from '../../protocol/finding.ts'
import { isStray, notSwept, straySweepOptions } from '../../protocol/stray.ts'
import type { Stray, SweepSettings } from '../../protocol/stray.ts'
import { sparedBy } from '../../protocol/spared.ts'
import type { Spared } from '../../protocol/spared.ts'

export interface Sweeps {
  /** @returns what was ended, or could not be: what is exempt is neither */
  end(
    this: void,
    target: SweepTarget,
    options?: Pick<SweepOptions, 'allow' | 'keep'> & { spared?(this: void, process: Spared): void },
  ): Promise<readonly Stray[]>
  ended(this: void): number
  /** What kept sweeps from finding everything. */
  readonly problems: readonly Discovery[]
}

/** @param unheard runs what spawns programs of ours */
export function openSweeps(settings: SweepSettings, unheard: <T>(work: () => T) => T): Sweeps {
  const problems = new Map<string, Discovery>()
  let ended = 0
  return {
    async end(target, { spared, ...options } = {}) {
      // Nothing that this process started is older than it.
      const since = settings.tier === 'proc' ? identityOf(process.pid, 'proc') : undefined
      const how = { ...straySweepOptions(settings), ...(since && { since }), ...options }
      const result = await unheard(() => sweep(target, how))
      const { processes, problem } = result
      if (spared !== undefined) for (const process of sparedBy(result)) spared(process)
      if (problem !== undefined) problems.set(problem.code, notSwept(problem))
      const strays = processes.filter(isStray)
      ended += strays.filter(({ outcome }) => outcome === 'ended').length
      return strays
    },
    ended: () => ended,
    get problems() {
      return [...problems.values()]
    },
  }
}
