/** The changes of a baseline as text, in order. */
import type { Baseline } from '../../src/index.ts'

export function told(baseline: Baseline): string[] {
  return baseline
    .diff()
    .map(({ kind, path }) => `${kind} ${path}`)
    .toSorted()
}
