/**
 * What is said of a worker that the pool has ended because it gave no sign of life.
 *
 *     blockedWords({ of: 'test', limit: 5_000, grace: 2_000 })
 *     // 'was blocked: it gave no sign of life for 2,000 ms after the timeout of its test, 5,000 ms'
 */
import type { HookName } from '../../protocol/journal.ts'

export interface Overdue {
  /** Whose limit is over; 'hooks': no hook's own, but Vitest's for all; 'file': all of it was over. */
  readonly of: 'test' | 'collect' | 'hooks' | 'file' | HookName
  /** ms: the limit, and how long after it nothing was heard. */
  readonly limit: number
  readonly grace: number
}

/** Without a subject, as exit words are. */
export function blockedWords({ of, limit, grace }: Overdue): string {
  const silence = `was blocked: it gave no sign of life for ${ms(grace)}`
  if (of === 'file') return `${silence} after the last hook of its file`
  return `${silence} after ${limitOf(of)}, ${ms(limit)}`
}

function limitOf(of: Exclude<Overdue['of'], 'file'>): string {
  if (of === 'test') return 'the timeout of its test'
  if (of === 'hooks') return 'hookTimeout'
  return of === 'collect' ? 'the limit for collecting a file (limits.collect)' : `the timeout of ${of}`
}

function ms(time: number): string {
  return `${Math.round(time).toLocaleString('en-US')} ms`
}
