/** What came of a run, as the fixture's reporter and the pool's report have it. Shapes only. */

/** A run of the CLI. */
export type RunOutcome = RunEnded | RunHung

export interface RunEnded {
  readonly status: 'ended'
  readonly exitCode: number | null
  readonly ms: number
  readonly files: readonly FileOutcome[]
  /** Errors that belong to no test. */
  readonly unhandled: readonly string[]
  /** Command lines of what was still running when the CLI had ended. */
  readonly left: readonly string[]
  readonly output: string
}

/** It had not ended at its time limit and was ended. */
export interface RunHung {
  readonly status: 'hung'
  readonly ms: number
  readonly output: string
}

export interface FileOutcome {
  /** Without folder and ending. */
  readonly file: string
  readonly state: string
  readonly errors: readonly string[]
  readonly suites: readonly SuiteOutcome[]
  readonly tests: readonly TestOutcome[]
  /** Of the pool's report; none on stock Vitest. */
  readonly deaths: readonly DeathOutcome[]
}

export interface SuiteOutcome {
  readonly name: string
  readonly state: string
  readonly errors: readonly string[]
}

export interface TestOutcome extends SuiteOutcome {
  /** What the pool says of it in its meta. */
  readonly lua: { readonly lost?: boolean; readonly resumed?: boolean }
}

export interface DeathOutcome {
  readonly verdict: string
  readonly test: { readonly fullName: string } | null
  readonly hook: { readonly name: string; readonly suite: string } | null
  readonly signal: string | null
  readonly code: number | null
  readonly words: string
}
