/** A sign of life in the journal, as long as the event loop turns. */
import inspector from 'node:inspector'
import { every } from '../guards/clock.ts'
import type { Settings } from '../protocol/settings.ts'
import type { Journal } from './journal.ts'

/** ms. */
const LONGEST = 200
const SHORTEST = 20

/** Several within the time for which a worker may be silent. */
export function beat(journal: Journal, { grace }: Pick<Settings, 'grace'>): void {
  const interval = Math.max(SHORTEST, Math.min(LONGEST, (grace ?? LONGEST) / 4))
  every(interval, () => journal.write({ type: 'beat', inspector: inspector.url() !== undefined }))
}
