import { describe, expect, test } from 'vitest'
import { policyFor } from '../../../../src/pool/resume/policy.ts'
import type { PolicyQuestion } from '../../../../src/pool/resume/policy.ts'
import type { Where } from '../../../../src/pool/death/verdict.ts'
import { inSuiteHook, inTests } from './situations.ts'

const QUESTION: PolicyQuestion = {
  settings: { afterDeath: 'resume', maxWorkerRestarts: 4 },
  deaths: 1,
  where: inTests('adds'),
  words: 'was ended by SIGSEGV',
  cancelled: false,
}

const PLACES: readonly Where[] = [
  inTests('adds'),
  inSuiteHook('beforeAll'),
  { in: 'between' },
  { in: 'after-file' },
]

test.each(PLACES)('a file goes on after a death in $in', where => {
  expect(policyFor({ ...QUESTION, where })).toEqual({ rest: 'resume' })
})

describe('restarts', () => {
  test('are as many as the settings say', () => {
    expect(policyFor({ ...QUESTION, deaths: 4 }).rest).toBe('resume')
    expect(policyFor({ ...QUESTION, deaths: 5 })).toEqual({
      rest: 'lost',
      reason:
        'the worker of this file died 5 times (maxWorkerRestarts is 4); the last one was ended by SIGSEGV.',
    })
  })

  test('may be none', () => {
    const settings = { afterDeath: 'resume', maxWorkerRestarts: 0 } as const
    expect(policyFor({ ...QUESTION, settings })).toEqual({
      rest: 'lost',
      reason: 'the worker of this file died once (maxWorkerRestarts is 0); it was ended by SIGSEGV.',
    })
  })
})

test.each<Where>([{ in: 'booting' }, { in: 'collecting', module: null }])(
  'a file that cannot be imported again is lost, however many restarts are left: $in',
  where => {
    expect(policyFor({ ...QUESTION, where, deaths: 2 })).toEqual({
      rest: 'lost',
      reason: 'the fresh worker of this file was ended by SIGSEGV while it imported the file again.',
    })
  },
)

test("with afterDeath 'skip' the rest is skipped, and says why", () => {
  const settings = { afterDeath: 'skip', maxWorkerRestarts: 4 } as const
  expect(policyFor({ ...QUESTION, settings })).toEqual({
    rest: 'skipped',
    reason: "The worker of this file was ended by SIGSEGV, and afterDeath is 'skip'.",
  })
})

test('a run that is cancelled skips the rest, whatever else holds', () => {
  const used = { ...QUESTION, deaths: 9, cancelled: true }
  const reason = 'The test run was aborted by the user.'
  expect(policyFor(used)).toEqual({ rest: 'skipped', reason })
  expect(policyFor({ ...used, where: { in: 'booting' } })).toEqual({ rest: 'skipped', reason })
})
