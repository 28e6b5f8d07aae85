/**
 * Ends the processes of tests that run longer than `processes.timeout` allows.
 *
 *     const overTime = watchOverTime(limit, { settings, living, sweeps, ... })
 *     overTime.call(call, spawn)     // of a call that waited: it has been ended already
 *     await overTime.quiet()         // nothing is being ended any more
 *     overTime.stop()
 */
import type { Discovery, ProcessOverTime } from '../../protocol/finding.ts'
import type { Origin, Spawn } from '../../protocol/spawn.ts'
import { overTime, overTimeOfCall, straySweepOptions } from '../../protocol/stray.ts'
import type { OverdueCall, Stray, SweepSettings } from '../../protocol/stray.ts'
import type { Sweeps } from './sweeps.ts'
import { limitTime } from './time-limit.ts'
import type { Timed } from './time-limit.ts'

export interface OverTime {
  readonly findings: readonly Discovery[]
  call(this: void, call: OverdueCall, spawn: Spawn): void
  quiet(this: void): Promise<void>
  stop(this: void): void
}

export interface OverTimeOptions {
  readonly settings: SweepSettings
  readonly sweeps: Sweeps
  /** Pids that are exempt. */
  readonly kept: readonly number[]
  living(this: void): readonly Timed[]
  /** What a call has started and its end has made orphans. */
  orphansOf(this: void, label: string): readonly Timed[]
  originOf(this: void, stray: Stray): Origin
  heard(this: void, finding: ProcessOverTime): void
}

/** @param limit ms; null for none */
export function watchOverTime(limit: number | null, options: OverTimeOptions): OverTime {
  const { settings, sweeps, kept, living, orphansOf, originOf, heard } = options
  const findings: Discovery[] = []
  let ending: Promise<unknown> = Promise.resolve()

  const enter = (finding: ProcessOverTime): void => {
    findings.push(finding)
    heard(finding)
  }
  const endTrees = (roots: readonly Timed[]): Promise<readonly Stray[]> => {
    const { allow } = straySweepOptions(settings, ['process-left-running', 'process-over-time'])
    return sweeps.end({ roots, includeRoots: true }, { keep: kept, allow })
  }
  const endOverdue = async (root: Timed): Promise<void> => {
    const [stray] = await endTrees([root])
    if (stray !== undefined) enter(overTime(stray, limit ?? 0, originOf(stray)))
  }
  const beforeQuiet = (work: Promise<unknown>): void => {
    ending = Promise.all([ending, work])
  }
  const stop =
    limit === null ? () => {} : limitTime({ limit, living, over: root => beforeQuiet(endOverdue(root)) })

  return {
    findings,
    stop,
    call(call, spawn) {
      enter(overTimeOfCall(call, limit ?? 0, spawn))
      const orphans = orphansOf(call.label)
      if (orphans.length > 0) beforeQuiet(endTrees(orphans))
    },
    async quiet() {
      await ending
    },
  }
}
