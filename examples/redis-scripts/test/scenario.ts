/**
 * Something that happens to jobs, and what it leaves in the keys. Each is run in memory, and where a server
 * can be had on that too.
 */
import type { Dump } from './dump.ts'
import type { Workshop } from './workshop.ts'

export interface Scenario {
  /** A sentence. */
  readonly title: string
  readonly run: (workshop: Workshop) => Promise<void>
  /** Its scripts write numbers above 2^31 as text, such as times in keys. */
  readonly wideNumbers?: true
  /** Expectations on what is in the keys after it. */
  readonly leaves: (keys: Dump) => void
}

export const WIDE_NUMBERS = 'this runtime writes numbers above 2^31 with a .0'

/** The values of the given keys of the queue `paint`; undefined for a key that does not exist. */
export function paint(keys: Dump, ...names: string[]): unknown[] {
  return names.map(name => keys[`bull:paint:${name}`]?.value)
}

/** The names of the events that the queue told, oldest first. */
export function eventsOf(keys: Dump): unknown[] {
  const [events] = paint(keys, 'events')
  return Array.isArray(events) ? events.map(({ event }) => event) : []
}
