/**
 * What a fresh worker is told of the workers of its file that died: it travels in the context of Vitest's own request
 * to run the file, as `context.lua`.
 */
import type { TaskError } from './task-result.ts'

export interface Resume {
  /** All tests of the file, in their order: id and name. A fresh worker must collect the same ones. */
  readonly tests: readonly (readonly [id: string, name: string])[]
  /** Tests that have their result, by id: Vitest knows it. */
  readonly finished: Readonly<Record<string, 'pass' | 'fail' | 'skip'>>
  /** Ids of suites in which a hook failed. */
  readonly failedSuites: readonly string[]
  /** Tests that killed their worker and may be tried again, by id: the errors of their attempts so far. */
  readonly attempts: Readonly<Record<string, readonly TaskError[]>>
  /** The death that made this worker necessary, to be said of tests that fail now. */
  readonly after: string
  /** ms that the file took before. */
  readonly elapsed: number
  /** What the tests that have ended added or changed, and no worker lived to write. */
  readonly snapshots: readonly AddedSnapshot[]
}

/** What is added to the message of a test that failed in a fresh worker. */
export function ranInFreshWorker(after: string): string {
  return `This test ran in a fresh worker, after another ${after}.`
}

/** As Vitest's snapshot state is given it. `stack` is the place of an inline snapshot. */
export interface AddedSnapshot {
  readonly key: string
  readonly received: string
  readonly options: {
    readonly testId: string
    readonly stack?: unknown
    readonly rawSnapshot?: unknown
    readonly assertionName?: unknown
  }
}
