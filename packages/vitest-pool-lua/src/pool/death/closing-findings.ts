/** What the main process finds when the last worker of a file is gone. */
import type { Death } from '../../protocol/death.ts'
import type { Discovery } from '../../protocol/finding.ts'
import type { JournalState } from '../journal/journal-state.ts'
import { memoryGrew } from '../memory/memory-grew.ts'
import { teardownCrash } from './teardown-crash.ts'

export function closingFindings(
  deaths: readonly Death[],
  { memory }: JournalState,
  strays: readonly Discovery[],
): Discovery[] {
  return [...strays, ...deaths.flatMap(teardownCrash), ...memoryGrew(memory)]
}
