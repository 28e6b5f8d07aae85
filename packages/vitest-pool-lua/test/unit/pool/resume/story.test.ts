import { expect, test } from 'vitest'
import { monotonic } from '../../../../src/pool/monotonic.ts'
import { storyFrom } from '../../../../src/pool/resume/story.ts'
import { death, testName } from '../../samples.ts'
import { idOf } from '../file/file-tasks.ts'
import { journalOf, testBegan } from '../journal/journal-lines.ts'

const TELLING = { more: ['It was in spin.'], frames: '    at spin (/a.ts:1:2)', culprit: testName('adds') }

test('it is the death with what is known beside', () => {
  const told = death()
  expect(storyFrom(told, journalOf(), TELLING)).toMatchObject({ death: told, ...TELLING })
})

test('a test that was running took the time from its beginning to the death', () => {
  const began = monotonic() - 3_000
  const story = storyFrom(death(), journalOf({ ...testBegan('adds'), at: began }), TELLING)
  const { duration = 0, startTime = 0 } = story.timing(idOf('adds'))
  expect(duration).toBeGreaterThanOrEqual(3_000)
  expect(duration).toBeLessThan(13_000)
  expect(Math.abs(Date.now() - startTime - duration)).toBeLessThan(10_000)
  expect(story.timing(idOf('adds')).duration).toBe(duration)
})

test('of a test that had not begun nothing is said', () => {
  expect(storyFrom(death(), journalOf(), TELLING).timing(idOf('adds'))).toEqual({})
})
