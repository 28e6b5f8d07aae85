/**
 * Finds and ends what a process left running.
 *
 *     const { processes } = await sweep({ cookie, roots: [worker] }, { allow: [{ match: 'esbuild', reason }] })
 *
 * A process that sweeps again and again opens a sweeper, which remembers whom it need not look at.
 */
import { now } from './clock.ts'
import { endProcesses } from './end/platform.ts'
import { SweepError } from './errors.ts'
import { type Finder } from './find/finder.ts'
import { bestTier, openFinder } from './find/platform.ts'
import { openHunt } from './hunt.ts'
import { type SweepOptions, timingOf } from './options.ts'
import type { SweptProcess, Tier } from './process.ts'
import { type SweepTarget, checkTarget } from './target.ts'

/** What kept a sweep from finding or ending everything; `message` says what to do. */
export interface SweepProblem {
  readonly code: string
  readonly message: string
}

/** Plain data. */
export interface SweepResult {
  readonly tier: Tier
  readonly durationMs: number
  /** What was ended, left alone or could not be ended, each process once; parents before their children. */
  readonly processes: readonly SweptProcess[]
  readonly problem?: SweepProblem
}

export interface Sweeper {
  readonly tier: Tier
  /**
   * Holders of the target's cookie are found within the sweeper's universe only. The options are laid
   * over the sweeper's.
   */
  sweep(
    target: SweepTarget,
    options?: Omit<SweepOptions, 'tier' | 'exempting' | 'label' | 'since'>,
  ): Promise<SweepResult>
}

/** Rejects with a `SweepError` on wrong use only; what the machine lacks is the result's `problem`. */
export async function sweep(target: SweepTarget, options: SweepOptions = {}): Promise<SweepResult> {
  return await createSweeper(target, options).sweep(target)
}

/**
 * @param universe holds whatever will be swept: as a rule, a cookie that all workers hold and this
 * process as the root.
 */
export function createSweeper(universe: SweepTarget, defaults: SweepOptions = {}): Sweeper {
  checkTarget(universe)
  const tier = defaults.tier ?? bestTier()
  const finder = openFinder(tier, {
    universe,
    exempting: defaults.exempting,
    label: defaults.label,
    since: defaults.since?.startTime ?? 0,
  })
  return {
    tier,
    sweep: async (target, options) => await sweepOnce(finder, tier, target, { ...defaults, ...options }),
  }
}

async function sweepOnce(
  finder: Finder,
  tier: Tier,
  target: SweepTarget,
  options: SweepOptions,
): Promise<SweepResult> {
  checkTarget(target)
  const start = now()
  const timing = timingOf(options)
  const hunt = openHunt(finder.search(target), options)
  const problem = await problemOf(() => endProcesses(hunt, timing))
  const durationMs = now() - start
  return { tier, durationMs, processes: hunt.outcomes(), ...(problem && { problem }) }
}

async function problemOf(work: () => Promise<void>): Promise<SweepProblem | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    if (error instanceof SweepError) return { code: error.code, message: error.message }
    throw error
  }
}
