/** What is expected of a cell, as a sentence: `SIGKILL in the middle test: 1 test fails, 7 pass, died-in-test`. */
import { titleOf } from './cell.ts'
import type { Cell } from './cell.ts'
import { expectationOf } from './expectation.ts'
import type { Expectation } from './expectation.ts'

export function sentenceOf(cell: Cell): string {
  const expected = expectationOf(cell)
  return `${titleOf(cell)}: ${[wordsOfTests(expected), ...wordsOfVerdict(expected)].join(', ')}`
}

function wordsOfTests({ tests, failedSuite }: Expectation): string {
  const states = Object.values(tests)
  const count = (state: string): number => states.filter(one => one === state).length
  if (states.length === 0) return 'the file fails'
  const told = [
    failedSuite === null ? '' : failedSuite === '' ? 'the file fails' : 'the suite fails',
    count('failed') === 0 ? '' : `${count('failed')} ${count('failed') === 1 ? 'test fails' : 'tests fail'}`,
    count('skipped') === 0 ? '' : `${count('skipped')} are skipped`,
    count('passed') === states.length ? 'all tests pass' : `${count('passed')} pass`,
  ]
  return told.filter(words => words !== '').join(', ')
}

function wordsOfVerdict({ verdicts, unhandled }: Expectation): readonly string[] {
  const known = verdicts.filter(verdict => verdict !== null)
  const late = known.length < verdicts.length && known.length > 0 ? ' or too late' : ''
  const error = { no: [], yes: ['Vitest tells the error'], perhaps: ['Vitest tells the error or is done'] }
  return [...known.map(verdict => `${verdict}${late}`), ...error[unhandled]]
}
