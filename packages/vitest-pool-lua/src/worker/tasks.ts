/** The parts of Vitest's tasks that are looked at here: the same in Vitest 4.1 and 5. */
import type { CurrentTest } from '../guards/current-test.ts'

export interface Task {
  readonly id: string
  readonly name: string
  readonly suite?: Task
  readonly file: FileTask
}

export interface TestTask extends Task {
  readonly timeout: number
}

export interface SuiteTask extends Task {
  readonly tasks: readonly (Task & { readonly type?: string })[]
}

export interface FileTask extends SuiteTask {
  readonly filepath: string
  /** 'run', 'skip', 'todo' and others. */
  readonly mode: string
  readonly meta: object
  result?: TaskResult
}

export interface TaskResult {
  state: string
  errors?: TaskError[]
}

/** As Vitest sends errors to the main process. */
export interface TaskError {
  readonly name: string
  readonly message: string
  readonly stack: string
}

export function isFile(task: Task): task is FileTask {
  return 'filepath' in task
}

export function currentTest(test: TestTask): CurrentTest {
  return { name: { id: test.id, fullName: fullName(test) }, timeout: test.timeout }
}

/** Suites and test joined by ' > ', without the file: as `vitest -t` sees them. */
function fullName(task: Task): string {
  const { suite } = task
  return suite === undefined || isFile(suite) ? task.name : `${fullName(suite)} > ${task.name}`
}
