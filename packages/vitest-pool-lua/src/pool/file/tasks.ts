/** The tasks of a file as its worker has told Vitest of them: the same in Vitest 4.1 and 5. */
import type { TestName } from '../../protocol/finding.ts'
import type { TaskResult } from '../../protocol/task-result.ts'

export interface TestTask {
  readonly type: 'test'
  readonly id: string
  readonly name: string
  /** 'run', 'skip', 'todo'. */
  readonly mode: string
  /** How often it is tried again. */
  readonly retry?: number | { readonly count?: number }
  readonly result?: TaskResult
  readonly meta: object
}

export interface SuiteTask {
  readonly type: 'suite'
  readonly id: string
  readonly name: string
  readonly mode: string
  readonly tasks: readonly Task[]
  readonly result?: TaskResult
  readonly meta: object
}

export interface FileTask extends SuiteTask {
  readonly filepath: string
}

export type Task = TestTask | SuiteTask

export function testsOf(suite: SuiteTask): TestTask[] {
  return suite.tasks.flatMap(task => (task.type === 'suite' ? testsOf(task) : [task]))
}

/** Those within, the innermost first. */
export function suitesIn(suite: SuiteTask): SuiteTask[] {
  return suite.tasks.flatMap(task => (task.type === 'suite' ? [...suitesIn(task), task] : []))
}

/** The suites around a task, from the file inwards; none if the task is not in the file. */
export function pathTo(id: string, from: SuiteTask): SuiteTask[] {
  for (const task of from.tasks) {
    if (task.id === id) return [from]
    const inner = task.type === 'suite' ? pathTo(id, task) : []
    if (inner.length > 0) return [from, ...inner]
  }
  return []
}

export function findSuite(id: string, from: SuiteTask): SuiteTask | undefined {
  return from.id === id ? from : suitesIn(from).find(suite => suite.id === id)
}

export function isToRun({ mode }: TestTask): boolean {
  return mode === 'run' || mode === 'queued'
}

export function retriesOf({ retry }: TestTask): number {
  return typeof retry === 'object' ? (retry.count ?? 0) : (retry ?? 0)
}

/** As `vitest -t` sees it: suites and test joined by ' > ', without the file. */
export function nameOf(test: TestTask, file: FileTask): TestName {
  const [, ...suites] = pathTo(test.id, file)
  return { id: test.id, fullName: [...suites, test].map(({ name }) => name).join(' > ') }
}
