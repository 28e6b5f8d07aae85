/** What breaks the promise of a cell; undefined where all is as promised. */
import type { KindCell, KindOutcome } from './measure.ts'

export function problemOf(cell: KindCell, outcome: KindOutcome): string | undefined {
  const { left, exitCode, findings, output } = outcome
  if (left.length > 0) return `left: ${left.join('; ')}`
  const expected = cell.worker === 'alive' ? 0 : 1
  if (exitCode !== expected) return `the run ended with ${exitCode}, not with ${expected}:\n${output}`
  const isTold = findings.some(({ kind }) => kind === 'process-left-running')
  if (isTold === (cell.kind === 'nothing')) return `told of: ${JSON.stringify(findings)}`
  return undefined
}
