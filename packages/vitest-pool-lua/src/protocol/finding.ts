/**
 * A finding: one thing that a guard found out of place, as plain data.
 *
 * Guards make a `Discovery`; the settings decide on its severity and turn it
 * into a `Finding` (see `judge.ts`).
 */
export type Severity = 'off' | 'warn' | 'error'

/** Line and column count from 1. `file` is absolute in a worker, relative to the root in a report. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
  /** Who had that line run, if it was another file: a test that uses a helper. */
  readonly calledFrom?: Place
}

export interface TestName {
  /** Vitest's task id. */
  readonly id: string
  /** The names of the suites and of the test, joined by ' > ', without the file. */
  readonly fullName: string
}

interface Found {
  /** The test during which it came to be; null outside every test. */
  readonly test: TestName | null
  /** The line that opened, spawned or added it, where that can be known. */
  readonly at: Place | null
  /** The finding in one sentence, without test and place. */
  readonly text: string
}

export interface EngineLeftOpen extends Found {
  readonly kind: 'engine-left-open'
  readonly engine: string
  readonly outcome: 'disposed' | 'failed' | 'timed-out'
}

export interface EngineDuplicated extends Found {
  readonly kind: 'engine-duplicated'
  readonly engine: string
  readonly key: string
  /** Where the first engine of this key was opened. */
  readonly first: Place | null
}

export interface HandleLeftOpen extends Found {
  readonly kind: 'handle-left-open'
  readonly handle: string
  readonly outcome: 'disposed' | 'failed' | 'timed-out'
}

export interface DescriptorLeftOpen extends Found {
  readonly kind: 'descriptor-left-open'
  /** The number of the descriptor; null where the finding is that there are nearly no more. */
  readonly descriptor: number | null
  /** What it points at, as the system has it: a path, `socket:[4711]`. */
  readonly target: string
  readonly outcome: 'closed' | 'open'
}

export interface ProcessLeftRunning extends Found {
  readonly kind: 'process-left-running'
  readonly pid: number
  readonly command: string
  /** ms since it started, ms of processor time it used, bytes of resident memory. */
  readonly age: number
  readonly cpu: number
  readonly rss: number
  readonly outcome: 'ended' | 'survived'
}

export interface ProcessOverTime extends Found {
  readonly kind: 'process-over-time'
  /** Null of a synchronous call that tells none. */
  readonly pid: number | null
  readonly command: string
  /** ms since it started; ms of processor time and bytes of resident memory, null of a synchronous call. */
  readonly age: number
  readonly cpu: number | null
  readonly rss: number | null
  /** ms: `processes.timeout`. */
  readonly limit: number
  readonly outcome: 'ended' | 'survived'
}

export interface RegistryGrew extends Found {
  readonly kind: 'registry-grew'
  readonly registry: string
  /** How many entries were added, and their keys where the registry has keys. */
  readonly count: number
  readonly added: readonly string[]
  /** Names of the concurrent tests among which one did it: nobody knows which. */
  readonly among: readonly string[]
  readonly outcome: 'put back' | 'cleared'
}

export interface MemoryGrew extends Found {
  readonly kind: 'memory-grew'
  /** Bytes of resident memory, between the end of collecting and the file's last hook. */
  readonly grown: number
  /** Those that grew most, with the bytes of each: at most 3. */
  readonly tests: readonly { readonly test: TestName; readonly grown: number }[]
}

export interface TeardownCrash extends Found {
  readonly kind: 'teardown-crash'
  readonly signal: string | null
  readonly code: number | null
}

export interface GuardFailed extends Found {
  readonly kind: 'guard-failed'
  readonly guard: string
  readonly error: string
}

export type Discovery =
  | EngineLeftOpen
  | EngineDuplicated
  | HandleLeftOpen
  | DescriptorLeftOpen
  | ProcessLeftRunning
  | ProcessOverTime
  | RegistryGrew
  | MemoryGrew
  | TeardownCrash
  | GuardFailed

export type Finding = Discovery & { readonly severity: Exclude<Severity, 'off'> }

/** The kinds that this version finds, in the order in which the documentation lists them. */
export const FINDING_KINDS = [
  'engine-left-open',
  'engine-duplicated',
  'handle-left-open',
  'descriptor-left-open',
  'process-left-running',
  'process-over-time',
  'registry-grew',
  'memory-grew',
  'teardown-crash',
  'guard-failed',
] as const satisfies readonly Discovery['kind'][]

export type FindingKind = (typeof FINDING_KINDS)[number]

/** Kinds that the design names and no code finds yet: naming one in the settings is refused. */
export const FUTURE_KINDS = ['global-changed', 'lua-global-changed'] as const
