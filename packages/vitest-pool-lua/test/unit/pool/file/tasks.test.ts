import { expect, test } from 'vitest'
import {
  findSuite,
  isToRun,
  nameOf,
  pathTo,
  retriesOf,
  suitesIn,
  testsOf,
} from '../../../../src/pool/file/tasks.ts'
import { FILE_ID, file, idOf, suite, test as task } from './file-tasks.ts'

const inner = suite('inner', [task('second')])
const outer = suite('outer', [task('first'), inner])
const whole = file(task('before'), outer, suite('empty', []), task('after'))

test('tests stand in the order in which they are written', () => {
  expect(testsOf(whole).map(({ name }) => name)).toEqual(['before', 'first', 'second', 'after'])
})

test('suites stand with the innermost first, without the one that is asked', () => {
  expect(suitesIn(whole)).toEqual([inner, outer, whole.tasks[2]])
})

test('the way to a task leads through the suites around it', () => {
  expect(pathTo(idOf('second'), whole)).toEqual([whole, outer, inner])
  expect(pathTo(idOf('inner'), whole)).toEqual([whole, outer])
  expect(pathTo(idOf('before'), whole)).toEqual([whole])
  expect(pathTo(idOf('unheard of'), whole)).toEqual([])
})

test('a suite is found by its id, and so is the file', () => {
  expect(findSuite(idOf('inner'), whole)).toBe(inner)
  expect(findSuite(FILE_ID, whole)).toBe(whole)
  expect(findSuite(idOf('first'), whole)).toBeUndefined()
})

test.each([
  ['run', true],
  ['queued', true],
  ['skip', false],
  ['todo', false],
])('a test whose mode is %s is to run: %s', (mode, is) => {
  expect(isToRun(task('adds', { mode }))).toBe(is)
})

test('a test is tried again as often as it says, one way or the other', () => {
  expect(
    [task('a'), task('a', { retry: 2 }), task('a', { retry: { count: 3 } }), task('a', { retry: {} })].map(
      retriesOf,
    ),
  ).toEqual([0, 2, 3, 0])
})

test('a test is called by the names of its suites, without that of the file', () => {
  expect(nameOf(task('second'), whole)).toEqual({ id: idOf('second'), fullName: 'outer > inner > second' })
  expect(nameOf(task('before'), whole).fullName).toBe('before')
})
