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
  const silence = 'was blocked: it gave no sign of life'
  switch (of) {
    case 'file':
      return `${silence} for ${ms(grace)}`
    case 'collect':
      return `${silence} when ${ms(limit)} for collecting its file (limits.collect) were over`
    case 'test':
      return `${silence} for ${ms(grace)} after the timeout of its test, ${ms(limit)}`
    case 'hooks':
      return `${silence} for ${ms(grace)} after hookTimeout, ${ms(limit)}`
    case 'beforeAll':
    case 'beforeEach':
    case 'afterEach':
    case 'afterAll':
    case 'aroundAll':
    case 'aroundEach':
      return `${silence} for ${ms(grace)} after the timeout of ${of}, ${ms(limit)}`
  }
}

function ms(time: number): string {
  return `${Math.round(time).toLocaleString('en-US')} ms`
}
