import { expect, test } from 'vitest'
import { notePrinted, unsentLogs } from '../../../../src/pool/file/console-logs.ts'
import type { JournalEntry } from '../../../../src/protocol/journal.ts'
import { FILE_ID, idOf } from './file-tasks.ts'
import { journalOf, RUNS, testBegan, wrote } from '../journal/journal-lines.ts'
import { request } from './updates.ts'

/** The journal of a worker whose messages to Vitest said so much. */
function journal(lines: readonly JournalEntry[], ...sent: readonly { type: string; content: string }[]) {
  const state = journalOf(...RUNS, ...lines)
  for (const log of sent) notePrinted(state, request('onUserConsoleLog', log))
  return state
}

test('what Vitest was told of is not told again', () => {
  const state = journal([wrote('stdout', 'one\n')], { type: 'stdout', content: 'one\n' })
  expect(unsentLogs(state, FILE_ID)).toEqual([])
})

test('what was not sent is told as of the test that ran', () => {
  const lines = [
    wrote('stdout', 'one\n'),
    testBegan('adds'),
    wrote('stdout', 'two\n'),
    wrote('stderr', 'no\n'),
  ]
  const before = Date.now()
  const logs = unsentLogs(journal(lines, { type: 'stdout', content: 'one\n' }), FILE_ID)
  expect(logs).toMatchObject([
    { type: 'stdout', content: 'two\n', taskId: idOf('adds'), size: 4 },
    { type: 'stderr', content: 'no\n', taskId: idOf('adds'), size: 3 },
  ])
  expect(logs[0]?.time).toBeGreaterThanOrEqual(before)
})

test('outside of tests it is told as of the file, if that is known', () => {
  const state = journal([wrote('stderr', 'no\n')])
  expect(unsentLogs(state, FILE_ID)).toMatchObject([{ type: 'stderr', taskId: FILE_ID }])
  expect(unsentLogs(state, undefined)).toMatchObject([{ type: 'stderr', taskId: undefined }])
})
