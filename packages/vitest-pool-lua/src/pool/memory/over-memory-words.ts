/** What is said of a worker that the pool has ended because of `limits.workerMemory`. */
import { megabytes } from '../../protocol/megabytes.ts'
import type { TestGrowth } from './growth-by-test.ts'

export interface OverMemory {
  /** Bytes: what it had, and what it may have. */
  readonly rss: number
  readonly limit: number
  /** Of the tests that were running. */
  readonly running: readonly TestGrowth[]
}

/** Without a subject, as exit words are. */
export function overMemoryWords({ rss, limit, running }: OverMemory): string {
  const grown = running.map(one => `${megabytes(one.grown)} of it came while "${one.test.fullName}" ran`)
  const limits = `was ended at ${megabytes(rss)} of resident memory, over its limit of ${megabytes(limit)}`
  return [`${limits} (limits.workerMemory)`, ...grown].join('; ')
}
