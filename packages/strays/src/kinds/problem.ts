/**
 * What breaks the promise of a cell; undefined where all is as promised. What is not promised may be left and need not
 * be told of, but the run must end as it should.
 */
import type { KindCell, KindOutcome } from './measure.ts'
import { isPromised } from './promise.ts'

export function problemOf(cell: KindCell, outcome: KindOutcome): string | undefined {
  return runProblem(cell, outcome) ?? (isPromised(cell) ? strayProblem(cell, outcome) : undefined)
}

function runProblem({ worker }: KindCell, { exitCode, output }: KindOutcome): string | undefined {
  const expected = worker === 'alive' ? 0 : 1
  return exitCode === expected
    ? undefined
    : `the run ended with ${exitCode}, not with ${expected}:\n${output}`
}

function strayProblem({ kind }: KindCell, { left, findings }: KindOutcome): string | undefined {
  if (left.length > 0) return `left: ${left.join('; ')}`
  const isTold = findings.some(found => found.kind === 'process-left-running')
  return isTold === (kind === 'nothing') ? `told of: ${JSON.stringify(findings)}` : undefined
}
