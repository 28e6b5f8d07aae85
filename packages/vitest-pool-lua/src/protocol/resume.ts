/**
 * What a fresh worker is told of the workers of its file that died: it travels in the context of Vitest's own request
 * to run the file, as `context.lua`.
 */
import type { TaskError } from './journal.ts'

export interface Resume {
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
}
