import { expect, test } from 'vitest'
import { sequentialSuites } from '../../../src/worker/sequential-suites.ts'
import type { Collector } from '../../../src/worker/sequential-suites.ts'

function collector(
  id: string,
  options: Collector['options'] = {},
  tasks: readonly Collector[] = [],
): Collector {
  return { type: 'collector', options, suite: { id }, tasks }
}

test.each([
  ['describe.sequential of Vitest 4.1', { sequential: true }],
  ['concurrent: false of Vitest 5', { concurrent: false }],
])('a suite asks for its order by %s', (_, options) => {
  expect(sequentialSuites([collector('one', options), collector('other')])).toEqual(['one'])
})

test.each([{}, { sequential: false }, { concurrent: true }])('a suite does not ask for it by %j', options => {
  expect(sequentialSuites([collector('one', options)])).toEqual([])
})

test('suites within others are found; one within one that asks is part of it', () => {
  const inner = collector('inner', { sequential: true })
  expect(sequentialSuites([collector('outer', {}, [collector('middle', {}, [inner])])])).toEqual(['inner'])
  expect(sequentialSuites([collector('outer', { sequential: true }, [inner])])).toEqual(['outer'])
})

test('what is no suite, and what has none yet, is passed over', () => {
  const unborn: Collector = { type: 'collector', options: { sequential: true } }
  expect(sequentialSuites([{ type: 'test', options: { sequential: true } }, unborn])).toEqual([])
})
