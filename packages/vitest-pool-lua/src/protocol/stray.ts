/**
 * What the worker and the main process both say of processes that had to be
 * ended: the options of their sweeps, and the findings.
 */
import type { Discovery, FindingKind, ProcessLeftRunning, ProcessOverTime } from './finding.ts'
import { guardFailure } from './guard-failure.ts'
import { megabytes } from './megabytes.ts'
import { EXEMPTING, SPAWN_LABEL } from './message.ts'
import { seconds } from './seconds.ts'
import type { Settings, SweepTier } from './settings.ts'
import type { Origin, Spawned } from './spawn.ts'

export type SweepSettings = Pick<Settings, 'tier' | 'termAfter' | 'allow'>

/** As the sweep gives it. */
export interface Swept extends Spawned {
  readonly command: string
  readonly ageMs: number
  readonly cpuMs: number
  readonly rssBytes: number
  readonly outcome: 'ended' | 'survived' | 'allowed' | 'kept'
}

export interface StraySweepOptions {
  readonly tier: SweepTier
  readonly termAfter: number
  readonly allow: readonly { readonly match: string; readonly reason: string }[]
  readonly exempting: { readonly name: string; readonly value: string }
  readonly label: string
}

/** @param kinds whose allowances exempt a process */
export function straySweepOptions(
  { tier, termAfter, allow }: SweepSettings,
  kinds: readonly FindingKind[] = ['process-left-running'],
): StraySweepOptions {
  return {
    tier,
    termAfter,
    allow: allow.filter(({ kind }) => kinds.includes(kind)),
    exempting: EXEMPTING,
    label: SPAWN_LABEL,
  }
}

export type Stray = Swept & { readonly outcome: 'ended' | 'survived' }

export function isStray<S extends Swept>(swept: S): swept is S & Stray {
  return swept.outcome === 'ended' || swept.outcome === 'survived'
}

export function leftRunning(stray: Stray, { test, at }: Origin): ProcessLeftRunning {
  const { pid, command, ageMs: age, cpuMs: cpu, rssBytes: rss, outcome } = stray
  const text = `process ${pid} (${command}) was left running and ${END[outcome]}: ${usage(stray)}`
  return { kind: 'process-left-running', pid, command, age, cpu, rss, outcome, test, at, text }
}

/** @param limit ms */
export function overTime(stray: Stray, limit: number, { test, at }: Origin): ProcessOverTime {
  const { pid, command, ageMs: age, cpuMs: cpu, rssBytes: rss, outcome } = stray
  const text = `process ${pid} (${command}) ${longerThan(limit)} and ${END[outcome]}: ${usage(stray)}`
  return { kind: 'process-over-time', pid, command, age, cpu, rss, limit, outcome, test, at, text }
}

export interface OverdueCall {
  readonly label: string
  readonly pid: number | null
  readonly command: string
  /** ms. */
  readonly took: number
}

/** The same of a call that waited for its process: nobody could look at it meanwhile. */
export function overTimeOfCall(
  { pid, command, took: age }: OverdueCall,
  limit: number,
  { test, at }: Origin,
): ProcessOverTime {
  const who = pid === null ? `process (${command})` : `process ${pid} (${command})`
  const text = `${who} ${longerThan(limit)} and was ended: ${seconds(age)} old`
  return {
    kind: 'process-over-time',
    pid,
    command,
    age,
    cpu: null,
    rss: null,
    limit,
    outcome: 'ended',
    test,
    at,
    text,
  }
}

function longerThan(limit: number): string {
  return `ran longer than processes.timeout allows (${limit} ms)`
}

const END = { ended: 'was ended', survived: 'could not be ended' } as const

/** What it had been doing. */
function usage({ ageMs, cpuMs, rssBytes }: Swept): string {
  return `${seconds(ageMs)} old, ${seconds(cpuMs)} of processor time, ${megabytes(rssBytes)}`
}

/** A sweep that could not find or end everything; the message says what to do. */
export function notSwept({ message }: { readonly message: string }): Discovery {
  return guardFailure('processes', message)
}
