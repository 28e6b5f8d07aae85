import { expect, test } from 'vitest'
import { printed } from '../../../../src/pool/journal/printed.ts'

test('what was written and not told is left', () => {
  const out = printed()
  out.wrote('one ')
  out.wrote('two')
  expect(out.untold()).toBe('one two')
})

test('what was told is not told again', () => {
  const out = printed()
  out.wrote('one two')
  out.told(4)
  expect(out.untold()).toBe('two')
  out.told(3)
  expect(out.untold()).toBe('')
})

test('a message may come before the journal is read', () => {
  const out = printed()
  out.told(6)
  out.wrote('one ')
  expect(out.untold()).toBe('')
  out.wrote('two')
  expect(out.untold()).toBe('o')
})
