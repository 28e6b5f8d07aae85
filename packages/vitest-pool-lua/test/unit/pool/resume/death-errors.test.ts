import { describe, expect, test } from 'vitest'
import {
  fileError,
  hookError,
  importError,
  lostError,
  testError,
} from '../../../../src/pool/resume/death-errors.ts'
import { death, MEGABYTE, testName } from '../../samples.ts'
import { story } from './situations.ts'

describe('the error of a death', () => {
  test('is a sentence about the worker', () => {
    expect(fileError(story())).toEqual({
      name: 'WorkerDeath',
      message: 'The worker was ended by SIGSEGV.',
      stack: 'WorkerDeath: The worker was ended by SIGSEGV.',
    })
  })

  test('has what is known beside, and frames where it shows code', () => {
    const { message, stack } = fileError(
      story({ more: ['It was in spin.'], frames: '    at spin (/a.ts:1:2)' }),
    )
    expect(message).toBe('The worker was ended by SIGSEGV.\nIt was in spin.')
    expect(stack).toBe(`WorkerDeath: ${message}\n    at spin (/a.ts:1:2)`)
  })

  test('tells what its memory did, where more than one sample is known', () => {
    const memory = [60, 340, 200].map((size, ms) => ({ ms, rss: size * MEGABYTE }))
    expect(fileError(story({ death: death({ memory }) })).message).toBe(
      'The worker was ended by SIGSEGV.\nIts memory: 60 MB at first, 340 MB at most, 200 MB at last.',
    )
    const once = death({ memory: memory.slice(0, 1) })
    expect(fileError(story({ death: once })).message).not.toContain('memory')
  })

  test.each([
    ['', 'The worker was ended by SIGSEGV, in the beforeAll hook of the file.'],
    ['numbers > small', 'The worker was ended by SIGSEGV, in the beforeAll hook of "numbers > small".'],
  ])('names the hook, and whose it was: "%s"', (suite, message) => {
    expect(hookError(story({ death: death({ hook: { name: 'beforeAll', suite } }) })).message).toBe(message)
  })
})

test('the error of a test that died in a fresh worker says after which death', () => {
  const { message } = testError(story(), [], 'was ended by SIGKILL in "adds"')
  expect(message).toBe(
    'The worker was ended by SIGSEGV.\nThis test ran in a fresh worker, after another was ended by SIGKILL in "adds".',
  )
})

describe('of tests that ran at the same time', () => {
  const others = [testName('divides'), testName('rounds')]
  const frames = '    at f (/a.ts:1:2)'

  test.each([
    [null, '', 'Beside it ran "divides", "rounds": which of them it was, nobody can say.'],
    [null, frames, 'Beside it ran "divides", "rounds".'],
    [testName('rounds'), frames, 'Beside it ran "divides", "rounds": it was "rounds".'],
    [testName('adds'), frames, 'Beside it ran "divides", "rounds", but it was this test.'],
  ])('the error says whose death it was, as far as that is known: %o', (culprit, known, words) => {
    const { message } = testError(story({ culprit, frames: known }), others, null)
    expect(message.split('\n')[1]).toBe(words)
  })
})

test('the error of an import names the module', () => {
  const { message } = importError(story(), { in: 'collecting', module: '/project/src/db.ts' })
  expect(message).toBe('The worker was ended by SIGSEGV.\nIt was importing /project/src/db.ts.')
})

test.each([{ in: 'booting' } as const, { in: 'collecting', module: null } as const])(
  'the error of an import says nothing of a module that is not known: $in',
  where => {
    expect(importError(story(), where).message).toBe('The worker was ended by SIGSEGV.')
  },
)

test('the error of a lost test says why', () => {
  expect(lostError.because('no restart is left.')).toEqual({
    name: 'TestLost',
    message: 'This test was not run: no restart is left.',
    stack: 'TestLost: This test was not run: no restart is left.',
  })
  expect(lostError.inBlock('in order', story()).message).toMatch(
    /^This test was not run: it stands in "in order", .* in whose middle the worker was ended by SIGSEGV\./,
  )
})
