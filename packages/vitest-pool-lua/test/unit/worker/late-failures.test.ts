import { expect, test } from 'vitest'
import { lateFailures } from '../../../src/worker/late-failures.ts'
import type { TestTask } from '../../../src/worker/tasks.ts'

const ERROR = { name: 'LuaFinding', message: 'too long', stack: '' }

function task(id: string, state: string): TestTask {
  return {
    id,
    name: id,
    mode: 'run',
    meta: {},
    timeout: 0,
    result: { state },
  } as Partial<TestTask> as TestTask
}

function name(id: string) {
  return { id, fullName: id }
}

test('a test that runs fails, and nobody is told before it ends', () => {
  const told: TestTask[] = []
  const failures = lateFailures(late => told.push(late))
  const running = task('1', 'run')
  failures.began(running)
  failures.fail(name('1'), ERROR)
  expect(running.result).toEqual({ state: 'fail', errors: [ERROR] })
  expect(told).toEqual([])
})

test('a test that has ended fails too, and that is told', () => {
  const told: TestTask[] = []
  const failures = lateFailures(late => told.push(late))
  const over = task('1', 'pass')
  failures.began(over)
  failures.ended(over)
  failures.fail(name('1'), ERROR)
  expect(over.result).toEqual({ state: 'fail', errors: [ERROR] })
  expect(told).toEqual([over])
})

test('of a test with several attempts it is the last one that fails', () => {
  const failures = lateFailures(() => {})
  const attempts = [{ state: 'fail', errors: [] }, { state: 'pass' }]
  const over = task('1', 'pass')
  over.result = { state: 'pass', attempts }
  failures.began(over)
  failures.ended(over)
  failures.fail(name('1'), ERROR)
  expect(attempts).toEqual([
    { state: 'fail', errors: [] },
    { state: 'fail', errors: [ERROR] },
  ])
})

test("what is no test's is the file's", () => {
  const failures = lateFailures(() => {})
  failures.fail(null, ERROR)
  failures.fail(name('of another worker'), ERROR)
  expect(failures.ofFile).toEqual([ERROR, ERROR])
})
