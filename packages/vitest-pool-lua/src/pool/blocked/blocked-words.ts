/**
 * What is said of a worker that the pool has ended because it gave no sign of life.
 *
 *     blockedWords({ of: 'test', limit: 5_000, grace: 2_000 })
 *     // 'was blocked: it gave no sign of life for 2,000 ms after the timeout of its test, 5,000 ms'
 */
import type { HookName } from '../../protocol/journal.ts'

export interface Overdue {
  /** Whose limit is over. */
  readonly of: 'test' | 'collect' | HookName
  /** ms: the limit, and how long after it nothing was heard. */
  readonly limit: number
  readonly grace: number
}

/** Without a subject, as exit words are. */
export function blockedWords({ of, limit, grace }: Overdue): string {
  return `was blocked: it gave no sign of life for ${ms(grace)} after ${limitOf(of)}, ${ms(limit)}`
}

function limitOf(of: Overdue['of']): string {
  if (of === 'test') return 'the timeout of its test'
  return of === 'collect' ? 'the limit for collecting a file (limits.collect)' : `the timeout of ${of}`
}

function ms(time: number): string {
  return `${Math.round(time).toLocaleString('en-US')} ms`
}
