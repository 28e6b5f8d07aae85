/** The settings `limits.*`: how long and how large something may be before it is ended. */
import type { Settings } from '../protocol/settings.ts'
import { bag, milliseconds, millisecondsOrNone } from './checks.ts'
import type { Problems } from './problem.ts'
import { size } from './size.ts'

type Limits = Pick<
  Settings,
  'callLimit' | 'grace' | 'collectLimit' | 'stateMemory' | 'workerMemory' | 'settle'
>

const FIELDS = { known: ['call', 'grace', 'collect', 'stateMemory', 'workerMemory', 'settle'] }

export function limits(value: unknown, problems: Problems): Limits {
  const given = bag(value, 'limits', FIELDS, problems)
  return {
    callLimit: milliseconds(given.call, 'limits.call', 1, problems) ?? null,
    grace: orDefault(millisecondsOrNone(given.grace, 'limits.grace', problems), 2_000),
    // 0 is none here, as in Vitest's timeouts. A grace of 0 is not: it comes on top of a timeout.
    collectLimit: orDefault(millisecondsOrNone(given.collect, 'limits.collect', problems), 60_000) || null,
    stateMemory: size(given.stateMemory, 'limits.stateMemory', problems) ?? null,
    workerMemory: size(given.workerMemory, 'limits.workerMemory', problems) ?? null,
    settle: milliseconds(given.settle, 'limits.settle', 0, problems) ?? 1_000,
  }
}

/** Null was asked for: only what was not given has a default. */
function orDefault(given: number | null | undefined, standard: number): number | null {
  return given === undefined ? standard : given
}
