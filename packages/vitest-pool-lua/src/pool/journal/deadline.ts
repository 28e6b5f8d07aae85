/**
 * When a worker that gives no sign of life any more counts as blocked.
 *
 * Past the limit of what runs, and no sign since: a test that merely awaits is left to Vitest. Of several that run the
 * last limit counts, because nobody knows which of them blocks the others.
 */
import type { HookName } from '../../protocol/journal.ts'
import type { Activity } from './activities.ts'
import type { JournalState } from './journal-state.ts'

export interface Limits {
  /** ms past the timeout of what runs; null where a blocked worker is never ended. */
  readonly grace: number | null
  /** ms for importing and collecting; null for no limit. */
  readonly collectLimit: number | null
  /** ms: Vitest's `hookTimeout`, for what runs between the functions of the user. */
  readonly hookTimeout: number
}

/** What may take too long. */
export interface Limit {
  /** 'hooks': Vitest's limit for all hooks; 'file': nothing of it is left to run. */
  readonly of: 'test' | 'collect' | 'hooks' | 'file' | HookName
  /** ms. */
  readonly limit: number
  /** By the clock of the journal. */
  readonly began: number
}

/** @returns undefined where no limit applies now */
export function limitOf(state: JournalState, limits: Limits): Limit | undefined {
  if (state.inspector) return undefined
  switch (state.phase) {
    case 'booting':
      return undefined
    case 'collecting':
      return finite('collect', limits.collectLimit ?? 0, state.since)
    case 'running':
      return limitOfRunning(state, limits)
    // What Vitest does then is bounded elsewhere; here only a loop is meant.
    case 'closing':
    case 'closed':
      return { of: 'file', limit: 0, began: state.lastSign }
  }
}

/** ms: beats come more often than this. */
const LONGEST_SILENCE = 1_000
/** ms: however small the grace, a worker is given the time of several beats. */
const SHORTEST_SILENCE = 200

/** @param elapsed ms since then, without the time in which nothing could run */
export function isBlocked(state: JournalState, limits: Limits, elapsed: (since: number) => number): boolean {
  const overdue = limitOf(state, limits)
  if (overdue === undefined || limits.grace === null) return false
  const past = elapsed(overdue.began) - overdue.limit
  const silent = elapsed(state.lastSign)
  if (state.phase !== 'collecting')
    return past >= limits.grace && silent >= Math.max(limits.grace, SHORTEST_SILENCE)
  return past >= 0 && silent >= Math.min(overdue.limit, LONGEST_SILENCE)
}

function limitOfRunning({ activities, lastSign }: JournalState, { hookTimeout }: Limits): Limit | undefined {
  const running = activities.filter(isInnermost)
  if (running.length === 0) return finite('hooks', hookTimeout, lastSign)
  const all = running.map(one => finite(one.kind === 'hook' ? one.hook : 'test', one.timeout ?? 0, one.at))
  if (all.includes(undefined)) return undefined
  return all.reduce((one, other) => (end(one) >= end(other) ? one : other))
}

/** A hook around a test waits for what runs of this test, one around a suite for whatever runs in it. */
function isInnermost(activity: Activity, index: number, all: readonly Activity[]): boolean {
  if (activity.kind !== 'hook' || !activity.hook.startsWith('around')) return true
  const { test } = activity
  return !all.slice(index + 1).some(later => test === null || testOf(later) === test.id)
}

function testOf(activity: Activity): string | undefined {
  return activity.kind === 'body' ? activity.test : activity.test?.id
}

function end(limit: Limit | undefined): number {
  return limit === undefined ? 0 : limit.began + limit.limit
}

function finite(of: Limit['of'], limit: number, began: number): Limit | undefined {
  return limit > 0 && Number.isFinite(limit) ? { of, limit, began } : undefined
}
