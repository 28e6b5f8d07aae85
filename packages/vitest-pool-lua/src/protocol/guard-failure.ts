/** The finding that a guard could not do its work, whichever process found it. */
import type { GuardFailed } from './finding.ts'

export function guardFailure(guard: string, error: string): GuardFailed {
  const text = `the guard "${guard}" failed: ${error}`
  return { kind: 'guard-failed', guard, error, test: null, at: null, text }
}
