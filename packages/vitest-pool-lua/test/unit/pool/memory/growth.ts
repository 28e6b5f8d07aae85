/** Journal entries of tests that grow. */
import type { JournalEntry } from '../../../../src/protocol/journal.ts'
import { MEGABYTE, testName } from '../../samples.ts'

/** In MB. */
export function began(name: string, rss: number): JournalEntry {
  return { type: 'test-began', test: testName(name), rss: rss * MEGABYTE }
}

export function ended(name: string, rss: number): JournalEntry {
  const result = { state: 'pass' }
  return { type: 'test-ended', test: testName(name).id, result, meta: {}, rss: rss * MEGABYTE }
}

export function collected(rss: number): JournalEntry {
  return { type: 'collected', sequential: [], rss: rss * MEGABYTE }
}

export function closing(rss: number): JournalEntry {
  return { type: 'closing', rss: rss * MEGABYTE }
}
