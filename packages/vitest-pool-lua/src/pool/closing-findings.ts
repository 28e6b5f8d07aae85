/** What the main process finds when the last worker of a file is gone, and the errors that findings make of a file. */
import type { Death } from '../protocol/death.ts'
import type { Discovery, Finding } from '../protocol/finding.ts'
import type { TaskError } from '../protocol/task-result.ts'
import { placeText } from '../protocol/place-text.ts'
import type { JournalState } from './journal/journal-state.ts'
import { memoryGrew } from './memory/memory-grew.ts'
import { teardownCrash } from './teardown-crash.ts'

export function closingFindings(
  deaths: readonly Death[],
  { memory }: JournalState,
  strays: readonly Discovery[],
): Discovery[] {
  return [...strays, ...deaths.flatMap(teardownCrash), ...memoryGrew(memory)]
}

/** Vitest shows a code frame of the place, as for any failure. */
export function findingErrors(findings: readonly Finding[]): TaskError[] {
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ kind, text, test, at }) => {
      const during = test === null ? '' : ` (test: ${test.fullName})`
      const message = `${kind}: ${text}${during}`
      const frame = at === null ? '' : `\n    at ${placeText(at)}`
      return { name: 'LuaFinding', message, stack: `LuaFinding: ${message}${frame}` }
    })
}
