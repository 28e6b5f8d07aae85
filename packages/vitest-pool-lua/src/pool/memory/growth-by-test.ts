/**
 * Which tests a worker's memory grew in, by what its journal says.
 *
 * Tests that ran at the same time share one memory: each is given all that it grew by while it ran.
 */
import type { TestName } from '../../protocol/finding.ts'
import type { JournalEntry } from '../../protocol/journal.ts'

export interface TestGrowth {
  readonly test: TestName
  /** Bytes of resident memory. */
  readonly grown: number
}

/**
 * Only those that grew, the largest first.
 *
 * @param last the worker's last known memory, which is that of the tests that had not ended
 */
export function growthByTest(entries: Iterable<JournalEntry>, last?: number): TestGrowth[] {
  const running = new Map<string, { readonly test: TestName; readonly rss: number }>()
  const grown: TestGrowth[] = []
  for (const entry of entries) {
    if (entry.type === 'test-began') running.set(entry.test.id, entry)
    if (entry.type !== 'test-ended') continue
    const began = running.get(entry.test)
    running.delete(entry.test)
    if (began !== undefined) grown.push({ test: began.test, grown: entry.rss - began.rss })
  }
  if (last !== undefined) {
    for (const { test, rss } of running.values()) grown.push({ test, grown: last - rss })
  }
  return grown.filter(one => one.grown > 0).toSorted((one, other) => other.grown - one.grown)
}
