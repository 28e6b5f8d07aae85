/**
 * What came of a cell's own run, in a few words, for the table: `exit 1, 1 failed, 7 passed, died-in-test`.
 */
import { fileOf } from './cell.ts'
import type { Cell } from './cell.ts'
import type { FileOutcome, RunOutcome } from './outcome.ts'

/** ms from which a run is told to have been slow: Vitest waits 60 s for a worker that does not answer. */
const SLOW = 30_000

export function wordsOf(cell: Cell, run: RunOutcome): string {
  if (run.status === 'hung') return 'hangs'
  const file = run.files.find(one => one.file === fileOf(cell))
  return [
    `exit ${run.exitCode}${run.ms > SLOW ? ` after ${Math.round(run.ms / 1000)} s` : ''}`,
    ...(file === undefined ? ['nothing told of the file'] : wordsOfFile(file)),
    ...(run.unhandled.length > 0 ? ['an error that names no test'] : []),
  ].join(', ')
}

function wordsOfFile({ tests, errors, state, deaths }: FileOutcome): readonly string[] {
  const counts = Map.groupBy(tests, test => wordOf(test.state))
  const told = ['failed', 'skipped', 'passed', 'without a result'].flatMap(word => {
    const count = counts.get(word)?.length ?? 0
    return count === 0 ? [] : [count === tests.length ? `all ${word}` : `${count} ${word}`]
  })
  return [
    ...(tests.length === 0 ? [wordsOfEmpty(state, errors)] : told),
    ...deaths.map(({ verdict }) => verdict),
  ]
}

function wordsOfEmpty(state: string, errors: readonly string[]): string {
  if (errors.length > 0) return 'the file fails'
  return state === 'skipped' ? 'the file is skipped' : 'the file has no result'
}

function wordOf(state: string): string {
  return state === 'pending' ? 'without a result' : state
}
