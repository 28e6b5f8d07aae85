import { expect, test } from 'vitest'
import { testAt } from '../../../../src/pool/journal/test-at.ts'
import type { JournalLine } from '../../../../src/protocol/journal.ts'
import { testName } from '../../samples.ts'

function began(name: string, at: number): JournalLine {
  return { at, type: 'test-began', test: testName(name), rss: 0 }
}

function ended(name: string, at: number): JournalLine {
  return { at, type: 'test-ended', test: testName(name).id, result: { state: 'pass' }, meta: {}, rss: 0 }
}

const LINES = [began('adds', 1_000), ended('adds', 2_000), began('divides', 2_001)]

test.each([
  [1_500, 'adds'],
  [1_995, 'adds'],
  [2_010, 'divides'],
  [2_500, 'divides'],
])('at %i ms it was %s', (time, name) => {
  expect(testAt(LINES, time)).toEqual(testName(name))
})

test('the age of a process is told by hundredths of a second: just before a test it is that test', () => {
  expect(testAt(LINES, 985)).toEqual(testName('adds'))
  expect(testAt(LINES, 500)).toBeNull()
})

test('of concurrent tests nobody knows which it was', () => {
  expect(testAt([began('adds', 1_000), began('divides', 1_001)], 1_500)).toBeNull()
})
