import { expect, test } from 'vitest'
import { testMetaOf, withTestMeta } from '../../../src/protocol/test-meta.ts'

test('what was said of a test is found again, beside what others put into its meta', () => {
  const meta = { benchmark: true }
  const told = withTestMeta(meta, { resumed: true })
  expect(testMetaOf(told)).toEqual({ resumed: true })
  expect(told).toEqual({ benchmark: true, lua: { resumed: true } })
  expect(meta).toEqual({ benchmark: true })
})

test('what is said later does not take the first away', () => {
  const meta = withTestMeta(withTestMeta({}, { resumed: true }), { lost: true })
  expect(testMetaOf(meta)).toEqual({ resumed: true, lost: true })
})

test('of a test that nothing happened to nothing is said', () => {
  expect(testMetaOf({})).toEqual({})
})
