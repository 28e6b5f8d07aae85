/**
 * Everything that is known of one file's run.
 *
 * The worker writes a `FileRecord` into its file task's meta (`meta.lua`), so
 * that it survives blob reports; the ledger adds what Vitest knows and has a
 * `FileReport`.
 */
import type { Death } from './death.ts'
import type { Finding } from './finding.ts'
import type { SweepTier } from './settings.ts'

export interface FileRecord {
  /** The id of the run: `VITEST_POOL_LUA_RUN`. */
  readonly run: string
  readonly runtime: string
  /** Relative to the root, with '/'. */
  readonly file: string
  /** In their order. */
  readonly deaths: readonly Death[]
  /** All that ran this file, in their order: after a death a fresh one. */
  readonly workers: readonly { readonly pid: number; readonly reused: boolean }[]
  readonly findings: readonly Finding[]
  /** `left` is what could not be disposed. */
  readonly engines: { readonly opened: number; readonly disposed: number; readonly left: number }
  /** How many times a registry had to be put back. */
  readonly registries: { readonly putBack: number }
  readonly processes: {
    readonly started: number
    readonly ended: number
    /** How they were found: see docs/nothing-left.md. */
    readonly tier: FoundBy
  }
  /** Bytes of resident memory: of the first worker, of any, and of the last. */
  readonly memory: { readonly start: number; readonly peak: number; readonly end: number }
  /** How many connections of the file's servers the system still keeps (TIME_WAIT); left out where there is none. */
  readonly timeWait?: number
  /** The Lua files that the tests loaded: relative to the root, with '/'. */
  readonly luaFiles: readonly string[]
}

/** `brand` is the tier `proc` with brands. */
export type FoundBy = SweepTier | 'brand'

/** @param branded whether the worker has a brand */
export function foundBy(tier: SweepTier, branded: boolean): FoundBy {
  return tier === 'proc' && branded ? 'brand' : tier
}

/** Passed, failed and skipped are all that were collected. */
export interface TestCounts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** Of the failed ones those that could not be run any more. */
  readonly lost: number
}

export interface FileReport extends Omit<FileRecord, 'run'> {
  readonly project: string
  readonly tests: TestCounts
  /** How many tests ran in a fresh worker after a death. */
  readonly resumed: number
  /** Why tests are lost, in one line. */
  readonly lostReason: string | null
}

export interface FileIdentity {
  readonly run: string
  readonly runtime: string
  /** Relative to the root, with '/'. */
  readonly file: string
  readonly tier: FoundBy
}

/** What the worker of a file would have said, had it lived to say it. */
export function lostRecord({ tier, ...identity }: FileIdentity): FileRecord {
  return {
    ...identity,
    deaths: [],
    workers: [],
    findings: [],
    engines: { opened: 0, disposed: 0, left: 0 },
    registries: { putBack: 0 },
    processes: { started: 0, ended: 0, tier },
    memory: { start: 0, peak: 0, end: 0 },
    luaFiles: [],
  }
}

/** Two projects may run the same file. */
export function fileKey(project: string, file: string): string {
  return `${project}\0${file}`
}

/** The record that a worker left in a file task's meta, if one did. */
export function fileRecordOf(meta: object): FileRecord | undefined {
  return (meta as { lua?: FileRecord }).lua
}

export function setFileRecord(meta: object, record: FileRecord): void {
  ;(meta as { lua?: FileRecord }).lua = record
}
