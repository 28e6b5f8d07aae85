/** What came of a cell, as a row of the table, and what of it breaks the promise. */
import type { Cell, Outcome } from './measure.ts'

/** ms after the main process's end. */
const PROMISED = 2_000

export const tableHead = `| the main process ends by | its test | Vitest | processes | nothing left after | the reaper ended after |
|---|---|---|---|---|---|`

export function rowOf({ way, state, bed }: Cell, { processes, cleanAfter, reaperAfter }: Outcome): string {
  const columns = [way.name, state, bed.vitest, processes, msText(cleanAfter), msText(reaperAfter)]
  return `| ${columns.join(' | ')} |`
}

/** Undefined where all is as promised. */
export function problemOf({ cleanAfter, reaperAfter, left, folders }: Outcome): string | undefined {
  if (left.length > 0) return `left: ${left.join('; ')}`
  if (cleanAfter === null || cleanAfter > PROMISED) return `clean only after ${msText(cleanAfter)}`
  if (folders.length > 0) return `left in the temporary directory: ${folders.join(', ')}`
  if (reaperAfter === null) return 'the reaper lives on'
  return undefined
}

function msText(ms: number | null): string {
  return ms === null ? 'never' : `${ms} ms`
}
