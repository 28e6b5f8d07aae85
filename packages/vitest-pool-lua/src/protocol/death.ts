/** How a worker died, and whom it concerns. */
import type { Place, TestName } from './finding.ts'

export type Verdict =
  | 'died-in-test'
  | 'died-in-hook'
  | 'died-while-collecting'
  | 'died-after-file'
  | 'blocked'
  | 'over-memory'

export interface Death {
  readonly verdict: Verdict
  /** The test that was running; of several the one that it was, or else the one that began first. */
  readonly test: TestName | null
  /** Concurrent tests that were running beside it. */
  readonly others: readonly TestName[]
  /** Of which suite ('' for the file) which hook was running. */
  readonly hook: { readonly name: string; readonly suite: string } | null
  readonly signal: string | null
  readonly code: number | null
  /** One sentence: what ended it, and where it was. */
  readonly words: string
  /** The last line that is known, of JavaScript or of Lua. */
  readonly at: Place | null
  /** Resident memory of the worker: ms since it began, and bytes. The last one is the last that was seen. */
  readonly memory: readonly MemorySample[]
}

export interface MemorySample {
  readonly ms: number
  readonly rss: number
}
