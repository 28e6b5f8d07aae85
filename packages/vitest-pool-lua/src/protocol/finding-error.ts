/** The error that a finding makes of its file, if it is of severity `error`, or of its test. */
import type { Discovery, Finding } from './finding.ts'
import { placeText } from './place-text.ts'
import type { TaskError } from './task-result.ts'

export function findingErrors(findings: readonly Finding[]): TaskError[] {
  return findings
    .filter(({ severity, kind }) => severity === 'error' && !FAILS_ITS_TEST.has(kind))
    .map(finding => findingError(finding, duringTest(finding)))
}

function duringTest({ test }: Finding): string {
  return test === null ? '' : ` (test: ${test.fullName})`
}

/** Whatever their severity: somebody asked for a limit. What belongs to no test fails the file in the same way. */
const FAILS_ITS_TEST: ReadonlySet<string> = new Set(['process-over-time'])

/** Vitest shows a code frame of the place, as for any failure. */
export function findingError({ kind, text, at }: Discovery, during: string = ''): TaskError {
  const message = `${kind}: ${text}${during}`
  const frames = [at, at?.calledFrom].map(place => (place ? `\n    at ${placeText(place)}` : ''))
  return { name: 'LuaFinding', message, stack: `LuaFinding: ${message}${frames.join('')}` }
}
