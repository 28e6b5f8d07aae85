import { expect, test } from 'vitest'
import { currentTest, isFile } from '../../../src/worker/tasks.ts'
import { fileTask, suiteTask, testTask } from './tasks-as-vitest-makes-them.ts'

const file = fileTask('/project/test/math.test.ts')

test('a test outside of every suite is called by its own name', () => {
  expect(currentTest(testTask('adds', file))).toEqual({
    name: { id: 'id of adds', fullName: 'adds' },
    timeout: 5_000,
  })
})

test('a test in suites is called by all their names, without that of the file', () => {
  const outer = suiteTask('numbers', file)
  const inner = suiteTask('that are small', file, outer)
  expect(currentTest(testTask('are added', file, inner)).name.fullName).toBe(
    'numbers > that are small > are added',
  )
})

test('where the suite of a test is its file, the file is not told', () => {
  const adds = { ...testTask('adds', file), suite: file }
  expect(currentTest(adds).name.fullName).toBe('adds')
})

test('the timeout of a test is its own', () => {
  expect(currentTest({ ...testTask('adds', file), timeout: 0 }).timeout).toBe(0)
})

test('a file is told from a suite and from a test', () => {
  const suite = suiteTask('numbers', file)
  expect([file, suite, testTask('adds', file, suite)].map(isFile)).toEqual([true, false, false])
})
