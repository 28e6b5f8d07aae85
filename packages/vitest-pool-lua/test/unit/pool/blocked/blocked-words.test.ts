import { expect, test } from 'vitest'
import { blockedWords } from '../../../../src/pool/blocked/blocked-words.ts'
import type { Overdue } from '../../../../src/pool/blocked/blocked-words.ts'

const words = (of: Overdue['of']): string => blockedWords({ of, limit: 5_000, grace: 2_000 })

test('a blocked worker is told of with the limit that was over, and how long it was silent since', () => {
  expect(words('test')).toBe(
    'was blocked: it gave no sign of life for 2,000 ms after the timeout of its test, 5,000 ms',
  )
  expect(words('beforeAll')).toBe(
    'was blocked: it gave no sign of life for 2,000 ms after the timeout of beforeAll, 5,000 ms',
  )
  expect(words('hooks')).toBe('was blocked: it gave no sign of life for 2,000 ms after hookTimeout, 5,000 ms')
})

test('collecting has no grace, and after the last hook there is no limit', () => {
  expect(words('collect')).toBe(
    'was blocked: it gave no sign of life when 5,000 ms for collecting its file (limits.collect) were over',
  )
  expect(words('file')).toBe('was blocked: it gave no sign of life for 2,000 ms')
})
