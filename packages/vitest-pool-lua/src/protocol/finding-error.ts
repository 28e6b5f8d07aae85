/** The error that a finding of severity `error` makes of its file, whichever process found it. */
import type { Finding } from './finding.ts'
import { placeText } from './place-text.ts'
import type { TaskError } from './task-result.ts'

export function findingErrors(findings: readonly Finding[]): TaskError[] {
  return findings.filter(({ severity }) => severity === 'error').map(findingError)
}

/** Vitest shows a code frame of the place, as for any failure. */
function findingError({ kind, text, test, at }: Finding): TaskError {
  const during = test === null ? '' : ` (test: ${test.fullName})`
  const message = `${kind}: ${text}${during}`
  const frame = at === null ? '' : `\n    at ${placeText(at)}`
  return { name: 'LuaFinding', message, stack: `LuaFinding: ${message}${frame}` }
}
