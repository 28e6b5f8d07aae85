/** Tasks with what is looked at of them, shaped as Vitest shapes its own. */
import type { FileTask, SuiteTask, Task, TestTask } from '../../../src/worker/tasks.ts'

export function fileTask(filepath: string): FileTask {
  const file = { id: 'id of the file', name: 'math.test.ts', filepath, mode: 'run', meta: {}, tasks: [] }
  // A file's task is its own file.
  return Object.assign(file, { file: file as unknown as FileTask })
}

export function suiteTask(name: string, file: FileTask, suite?: Task): Task {
  return { id: `id of ${name}`, name, file, mode: 'run', meta: {}, ...(suite === undefined ? {} : { suite }) }
}

export function testTask(name: string, file: FileTask, suite?: Task): TestTask {
  return { ...suiteTask(name, file, suite), timeout: 5_000 }
}

/** A test that stands in a suite, or in the file. */
export function addTest(suite: SuiteTask, name: string, changes: Partial<TestTask> = {}): TestTask {
  return added(suite, { ...testTask(name, suite.file, suite), type: 'test', ...changes })
}

export function addSuite(suite: SuiteTask, name: string): SuiteTask {
  return added(suite, { ...suiteTask(name, suite.file, suite), type: 'suite', tasks: [] })
}

function added<T extends SuiteTask['tasks'][number]>(suite: SuiteTask, task: T): T {
  ;(suite.tasks as Task[]).push(task)
  return task
}
