/**
 * The accounts of a file: every test that was collected has passed, failed or been skipped.
 *
 *     const account = accountOf(tests, { cancelled: false, recorded: true })
 *     unaccounted([{ file, account }])   // an InvariantError, or undefined when all is well
 *
 * A test that could not be run any more after a death is lost, and has failed.
 */
import { InvariantError } from '../errors.ts'
import type { TestCounts } from '../protocol/file-report.ts'
import type { TestMeta } from '../protocol/test-meta.ts'

/** A test as Vitest knows it at the run's end. */
export interface ToldTest {
  readonly state: 'passed' | 'failed' | 'skipped' | 'pending'
  readonly meta: TestMeta
  /** Of its first error. */
  readonly message: string | undefined
}

export interface Circumstances {
  /** By --bail or Ctrl+C: what has no result then was skipped. */
  readonly cancelled: boolean
  /** Without a record nobody told how the file ended: what has no result then is lost. */
  readonly recorded: boolean
}

export interface Account {
  readonly collected: number
  readonly tests: TestCounts
  /** How many tests ran in a fresh worker after a death. */
  readonly resumed: number
  /** Why tests are lost, in one line, where that was said. */
  readonly lostReason: string | null
  /** Tests that are lost and yet did not fail: there must be none. */
  readonly lostButNotFailed: number
}

export function accountOf(tests: readonly ToldTest[], { cancelled, recorded }: Circumstances): Account {
  const count = (state: ToldTest['state']): number => tests.filter(test => test.state === state).length
  const lost = tests.filter(({ meta }) => meta.lost === true)
  const withoutResult = recorded ? 0 : count('pending')
  return {
    collected: tests.length,
    tests: {
      passed: count('passed'),
      failed: count('failed') + withoutResult,
      skipped: count('skipped') + (cancelled && recorded ? count('pending') : 0),
      lost: lost.length + withoutResult,
    },
    resumed: tests.filter(({ meta }) => meta.resumed === true).length,
    lostReason: lost.find(({ message }) => message !== undefined)?.message?.split('\n')[0] ?? null,
    lostButNotFailed: lost.filter(({ state }) => state !== 'failed').length,
  }
}

/** One error that lists every file whose accounts do not come out even. */
export function unaccounted(
  files: readonly { readonly file: string; readonly account: Account }[],
): InvariantError | undefined {
  const differences = files.flatMap(({ file, account }) =>
    differencesOf(account).map(difference => `${file}: ${difference}`),
  )
  if (differences.length === 0) return undefined
  return new InvariantError(`Not every test is accounted for. ${differences.join('; ')}`)
}

function differencesOf({ collected, tests, lostButNotFailed }: Account): string[] {
  const { passed, failed, skipped } = tests
  const told = passed + failed + skipped
  return [
    ...(told === collected
      ? []
      : [`${collected} collected, but ${passed} passed + ${failed} failed + ${skipped} skipped = ${told}`]),
    ...(lostButNotFailed === 0 ? [] : [`${lostButNotFailed} lost, but not failed`]),
  ]
}
