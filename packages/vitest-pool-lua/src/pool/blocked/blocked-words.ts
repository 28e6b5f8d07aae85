/**
 * What is said of a worker that the pool has ended because it gave no sign of life.
 *
 *     blockedWords({ overdue: { limit: 5_000, began }, grace: 2_000 }, 'running')
 *     // 'was blocked (no sign of life for 2,000 ms after the timeout of 5,000 ms)'
 */
import type { Overdue } from '../journal/deadline.ts'
import type { Phase } from '../journal/journal-state.ts'

export interface Silence {
  /** Undefined where no limit applied. */
  readonly overdue: Overdue | undefined
  /** ms */
  readonly grace: number
}

/** Without a subject, as exit words are. */
export function blockedWords({ overdue, grace }: Silence, phase: Phase): string {
  const limit = overdue?.limit ?? 0
  if (phase === 'collecting')
    return `was blocked (no sign of life when ${ms(limit)} for collecting the file were over: limits.collect)`
  const silence = `no sign of life for ${ms(grace)}`
  return limit === 0
    ? `was blocked (${silence})`
    : `was blocked (${silence} after the timeout of ${ms(limit)}: limits.grace)`
}

function ms(time: number): string {
  return `${Math.round(time).toLocaleString('en-US')} ms`
}
