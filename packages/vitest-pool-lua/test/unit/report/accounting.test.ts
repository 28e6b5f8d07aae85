import { expect, test } from 'vitest'
import { InvariantError } from '../../../src/errors.ts'
import { accountOf, unaccounted } from '../../../src/report/accounting.ts'
import type { ToldTest } from '../../../src/report/accounting.ts'

const RECORDED = { cancelled: false, recorded: true }

function told(state: ToldTest['state'], changes: Partial<ToldTest> = {}): ToldTest {
  return { state, meta: {}, message: undefined, ...changes }
}

function lost(message: string, state: ToldTest['state'] = 'failed'): ToldTest {
  return told(state, { meta: { lost: true }, message })
}

test('passed, failed and skipped are all that were collected', () => {
  const tests = [told('passed'), told('passed'), told('failed'), told('skipped')]
  const account = accountOf(tests, RECORDED)
  expect(account).toEqual({
    collected: 4,
    tests: { passed: 2, failed: 1, skipped: 1, lost: 0 },
    resumed: 0,
    lostReason: null,
    lostButNotFailed: 0,
  })
  expect(unaccounted([{ file: 'a.test.ts', account }])).toBeUndefined()
})

test('a file without tests is even', () => {
  const account = accountOf([], RECORDED)
  expect(unaccounted([{ file: 'a.test.ts', account }])).toBeUndefined()
})

test('a lost test is a failed one, and its reason is the first line that says one', () => {
  const account = accountOf([told('passed'), lost('no more restarts\nsee the docs'), lost('other')], RECORDED)
  expect(account).toMatchObject({
    tests: { passed: 1, failed: 2, skipped: 0, lost: 2 },
    lostReason: 'no more restarts',
  })
  expect(unaccounted([{ file: 'a.test.ts', account }])).toBeUndefined()
})

test('tests that ran in a fresh worker are counted, whatever came of them', () => {
  const meta = { resumed: true } as const
  const tests = [told('passed', { meta }), told('failed', { meta }), told('passed')]
  expect(accountOf(tests, RECORDED)).toMatchObject({ resumed: 2, tests: { passed: 2, failed: 1 } })
})

test('what has no result in a run that was cancelled was skipped', () => {
  const account = accountOf([told('passed'), told('pending')], { cancelled: true, recorded: true })
  expect(account.tests).toEqual({ passed: 1, failed: 0, skipped: 1, lost: 0 })
  expect(unaccounted([{ file: 'a.test.ts', account }])).toBeUndefined()
})

test.each([true, false])(
  'what has no result in a file without a record is lost and failed, cancelled or not: %s',
  cancelled => {
    const account = accountOf([told('passed'), told('pending')], { cancelled, recorded: false })
    expect(account.tests).toEqual({ passed: 1, failed: 1, skipped: 0, lost: 1 })
    expect(unaccounted([{ file: 'a.test.ts', account }])).toBeUndefined()
  },
)

test('accounts that do not come out even are one error that names each file', () => {
  const even = { file: 'even.test.ts', account: accountOf([told('passed')], RECORDED) }
  const pending = {
    file: 'a.test.ts',
    account: accountOf([told('passed'), told('pending'), told('skipped')], RECORDED),
  }
  const passed = { file: 'b.test.ts', account: accountOf([lost('no', 'passed')], RECORDED) }
  const error = unaccounted([even, pending, passed])
  expect(error).toBeInstanceOf(InvariantError)
  expect(error?.message).toMatch(
    /^Not every test is accounted for\. a\.test\.ts: 3 collected, but 1 passed \+ 0 failed \+ 1 skipped = 2; b\.test\.ts: 1 lost, but not failed\. This is a bug in vitest-pool-lua/,
  )
  expect(error?.message).not.toContain('even.test.ts')
})
