/** A journal that is kept in memory. */
import type { JournalEntry } from '../../../src/protocol/journal.ts'
import type { Journal } from '../../../src/worker/journal.ts'

export const RSS = 60_000_000

export interface NotingJournal extends Journal {
  readonly entries: JournalEntry[]
  /** Only the types, in their order. */
  types(this: void): string[]
}

export function notingJournal(): NotingJournal {
  const entries: JournalEntry[] = []
  return {
    entries,
    descriptor: -1,
    types: () => entries.map(({ type }) => type),
    write: entry => void entries.push(entry),
    memory: () => RSS,
  }
}
