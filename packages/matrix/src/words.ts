/**
 * What came of a cell, in a few words.
 *
 *     wordsOfFile(cell, run)           // '1 failed, 7 passed, died-in-test'
 *     wordsOfRun(cell, run, errors)    // 'exit 1, 1 failed, 7 passed, died-in-test'
 */
import { fileOf } from './cell.ts'
import type { Cell } from './cell.ts'
import type { FileOutcome, RunOutcome } from './outcome.ts'
import { BYSTANDERS } from './project.ts'

/** ms: Vitest waits 60 s for a worker that does not answer. Many cells take as long by themselves. */
const SLOW = 55_000

/** @param errors those of no test that are the cell's */
export function wordsOfRun(cell: Cell, run: RunOutcome, errors: readonly string[]): string {
  if (run.status === 'hung') return 'hangs'
  const isAlone = run.files.length === BYSTANDERS.length + 1
  const slow = isAlone && run.ms > SLOW ? ' after a minute' : ''
  const error = errors.length > 0 ? ', an error that names no test' : ''
  return `exit ${run.exitCode}${slow}, ${wordsOfFile(cell, run)}${error}`
}

export function wordsOfFile(cell: Cell, run: RunOutcome): string {
  if (run.status === 'hung') return 'hangs'
  const file = run.files.find(one => one.file === fileOf(cell))
  if (file === undefined) return 'nothing told of the file'
  return [...wordsOfTests(file), ...file.deaths.map(({ verdict }) => verdict)].join(', ')
}

function wordsOfTests({ tests, errors, state }: FileOutcome): readonly string[] {
  if (tests.length === 0) return [wordsOfEmpty(state, errors)]
  const counts = Map.groupBy(tests, test => wordOf(test.state))
  return ['failed', 'skipped', 'passed', 'without a result'].flatMap(word => {
    const count = counts.get(word)?.length ?? 0
    return count === 0 ? [] : [count === tests.length ? `all ${word}` : `${count} ${word}`]
  })
}

function wordsOfEmpty(state: string, errors: readonly string[]): string {
  if (errors.length > 0) return 'the file fails'
  return state === 'skipped' ? 'the file is skipped' : 'the file has no result'
}

function wordOf(state: string): string {
  return state === 'pending' ? 'without a result' : state
}
