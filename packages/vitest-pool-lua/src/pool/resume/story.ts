/** A death as it is told: from the exit, the journal, and what was seen of a worker that was blocked. */
import type { Death } from '../../protocol/death.ts'
import type { TestName } from '../../protocol/finding.ts'
import type { JournalState } from '../journal/journal-state.ts'
import { monotonic, wallTime } from '../monotonic.ts'
import type { DeathStory } from './death-errors.ts'

export interface Telling {
  readonly more: readonly string[]
  readonly frames: string
  readonly culprit: TestName | null
}

export function storyFrom(
  death: Death,
  journal: JournalState,
  { more, frames, culprit }: Telling,
): DeathStory {
  const died = monotonic()
  return {
    death,
    more,
    frames,
    culprit,
    timing(test) {
      const began = journal.running.get(test)?.at
      return began === undefined ? {} : { duration: died - began, startTime: Math.round(wallTime(began)) }
    },
  }
}
