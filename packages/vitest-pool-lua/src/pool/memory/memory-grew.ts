/**
 * The finding `memory-grew`: a worker's memory grew while its file ran, and nothing asked for it.
 *
 * Resident memory, so what V8 has not collected yet counts too. That is why only a growth that a machine feels is told.
 */
import type { MemoryGrew } from '../../protocol/finding.ts'
import type { JournalEntry } from '../../protocol/journal.ts'
import { megabytes } from '../../protocol/megabytes.ts'
import { growthByTest } from './growth-by-test.ts'
import type { TestGrowth } from './growth-by-test.ts'

/** Bytes between the end of collecting and the file's last hook. */
export const TOLD_GROWTH = 200_000_000

/** How many tests are named. */
const NAMED = 3
/** Bytes: a test below that is not what made a worker grow. */
const WORTH_NAMING = 1_000_000

/** One finding or none, of one worker's journal: one that never came to its last hook has its death. */
export function memoryGrew(entries: Iterable<JournalEntry>): MemoryGrew[] {
  const known = [...entries]
  const from = known.find(entry => entry.type === 'collected')?.rss
  const to = known.findLast(entry => entry.type === 'closing')?.rss
  if (from === undefined || to === undefined || to - from <= TOLD_GROWTH) return []
  const tests = growthByTest(known)
    .filter(({ grown }) => grown >= WORTH_NAMING)
    .slice(0, NAMED)
  const text = `its worker grew by ${megabytes(to - from)}, from ${megabytes(from)} to ${megabytes(to)}; ${mostIn(tests)}`
  return [{ kind: 'memory-grew', grown: to - from, tests, test: tests[0]?.test ?? null, at: null, text }]
}

function mostIn(tests: readonly TestGrowth[]): string {
  if (tests.length === 0) return 'in no test by itself'
  return `most in ${tests.map(({ test, grown }) => `"${test.fullName}" (${megabytes(grown)})`).join(', ')}`
}
