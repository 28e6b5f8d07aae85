/** The parts of Vitest's tasks that are looked at here: the same in Vitest 4.1 and 5. */
import type { CurrentTest } from '../guards/current-test.ts'

export interface Task {
  readonly id: string
  readonly name: string
  readonly suite?: Task
  readonly file: FileTask
  /** 'run', 'skip', 'todo' and others. */
  mode: string
  meta: object
  result?: TaskResult
}

export interface TestTask extends Task {
  readonly timeout: number
  retry?: Retry
}

export type Retry = number | { readonly count?: number; readonly condition?: unknown }

export interface SuiteTask extends Task {
  readonly tasks: readonly (Task & { readonly type?: string })[]
}

export interface FileTask extends SuiteTask {
  readonly filepath: string
}

export interface TaskResult {
  state: string
  errors?: TaskError[]
  retryCount?: number
  duration?: number
  startTime?: number
  /** Of Vitest 5, in their order. */
  attempts?: { state: string; errors?: TaskError[] }[]
  /** It was skipped as it ran. */
  pending?: boolean
  note?: string | undefined
}

/** As Vitest sends errors to the main process. */
export interface TaskError {
  readonly name: string
  message: string
  stack: string
}

export function isTest(task: Task): task is TestTask {
  return 'type' in task && task.type === 'test'
}

export function testsOf(suite: SuiteTask): TestTask[] {
  return suite.tasks.flatMap(task => (isTest(task) ? [task] : testsOf(task as unknown as SuiteTask)))
}

export function suitesIn(suite: SuiteTask): SuiteTask[] {
  const inner = suite.tasks.filter(task => !isTest(task)) as unknown as SuiteTask[]
  return [...inner, ...inner.flatMap(suitesIn)]
}

export function isToRun({ mode }: Task): boolean {
  return mode === 'run' || mode === 'queued'
}

/** A test or a file has failed for something that none of its own functions threw. */
export function addErrors(task: Task, errors: readonly TaskError[]): void {
  task.result ??= { state: 'fail' }
  task.result.state = 'fail'
  task.result.errors = [...(task.result.errors ?? []), ...errors]
}

export function isFile(task: Task): task is FileTask {
  return 'filepath' in task
}

export function currentTest(test: TestTask): CurrentTest {
  return { name: { id: test.id, fullName: fullName(test) }, timeout: test.timeout }
}

/** Suites and test joined by ' > ', without the file: as `vitest -t` sees them. */
export function fullName(task: Task): string {
  const { suite } = task
  return suite === undefined || isFile(suite) ? task.name : `${fullName(suite)} > ${task.name}`
}
