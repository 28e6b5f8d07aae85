/** A small file, and a runner whose steps stand in a journal that is kept in memory. */
import { createTestClock } from '../../../src/guards/current-test.ts'
import { journal } from '../../../src/worker/journaled-runner.ts'
import type { JournalingOptions } from '../../../src/worker/journaled-runner.ts'
import type { Runner } from '../../../src/worker/runner.ts'
import { notingJournal } from './noting-journal.ts'
import { addSuite, addTest, fileTask } from './tasks-as-vitest-makes-them.ts'

export function aFile() {
  const file = fileTask('/project/test/math.test.ts')
  const numbers = addSuite(file, 'numbers')
  return { file, numbers, adds: addTest(numbers, 'adds') }
}

export function journaled(runner: Runner, changes: Partial<JournalingOptions> = {}) {
  const lines = notingJournal()
  const clock = createTestClock(1_000)
  journal(runner, {
    journal: lines,
    clock,
    root: '/project',
    hooksOf: () => ({}),
    collectors: () => [],
    flushed: async () => {},
    ...changes,
  })
  return { runner, lines, clock }
}
