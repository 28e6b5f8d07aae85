/**
 * What the worker and the main process both say of processes that were left
 * running: the options of their sweeps, and the finding.
 */
import type { Discovery, Place, ProcessLeftRunning, TestName } from './finding.ts'
import { EXEMPTING } from './message.ts'
import type { Settings, SweepTier } from './settings.ts'

export type SweepSettings = Pick<Settings, 'tier' | 'termAfter' | 'allow'>

/** As the sweep gives it. */
export interface Swept {
  readonly pid: number
  readonly command: string
  readonly ageMs: number
  readonly cpuMs: number
  readonly rssBytes: number
  readonly outcome: 'ended' | 'survived' | 'allowed' | 'kept'
}

export interface Origin {
  readonly test: TestName | null
  readonly at: Place | null
}

export interface StraySweepOptions {
  readonly tier: SweepTier
  readonly termAfter: number
  readonly allow: readonly { readonly match: string; readonly reason: string }[]
  readonly exempting: { readonly name: string; readonly value: string }
}

export function straySweepOptions({ tier, termAfter, allow }: SweepSettings): StraySweepOptions {
  return {
    tier,
    termAfter,
    allow: allow.filter(({ kind }) => kind === 'process-left-running'),
    exempting: EXEMPTING,
  }
}

export function isStray<S extends Swept>(swept: S): swept is S & { readonly outcome: 'ended' | 'survived' } {
  return swept.outcome === 'ended' || swept.outcome === 'survived'
}

export function leftRunning(
  stray: Swept & { readonly outcome: 'ended' | 'survived' },
  { test, at }: Origin,
): ProcessLeftRunning {
  const { pid, command, ageMs: age, cpuMs: cpu, rssBytes: rss, outcome } = stray
  const what = outcome === 'ended' ? 'was ended' : 'could not be ended'
  const text = `process ${pid} (${command}) was left running and ${what}`
  return { kind: 'process-left-running', pid, command, age, cpu, rss, outcome, test, at, text }
}

/** A sweep that could not find or end everything; the message says what to do. */
export function notSwept({ message: error }: { readonly message: string }): Discovery {
  const text = `the guard "processes" failed: ${error}`
  return { kind: 'guard-failed', guard: 'processes', error, test: null, at: null, text }
}
