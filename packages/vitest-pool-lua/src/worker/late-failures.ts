/**
 * Fails tests for what is found beside them: while they run, as `expect.soft` does, or when they have ended.
 *
 *     const failures = lateFailures(task => runner.onTaskUpdate?.(...))
 *     failures.began(task)
 *     failures.fail(test, error)    // null: the file fails when it ends
 */
import type { TestName } from '../protocol/finding.ts'
import { addErrors } from './tasks.ts'
import type { TaskError, TestTask } from './tasks.ts'

export interface LateFailures {
  began(task: TestTask): void
  ended(task: TestTask): void
  fail(this: void, test: TestName | null, error: TaskError): void
  /** What no test is to blame for. */
  readonly ofFile: readonly TaskError[]
}

/** @param tell hears of a test that has failed after its end */
export function lateFailures(tell: (task: TestTask) => void): LateFailures {
  const tasks = new Map<string, TestTask>()
  const running = new Set<TestTask>()
  const ofFile: TaskError[] = []
  return {
    ofFile,
    began(task) {
      tasks.set(task.id, task)
      running.add(task)
    },
    ended: task => void running.delete(task),
    fail(test, error) {
      const task = tasks.get(test?.id ?? '')
      if (task === undefined) {
        ofFile.push(error)
        return
      }
      addErrors(task, [error])
      if (running.has(task)) return
      failLastAttempt(task, error)
      tell(task)
    },
  }
}

/** Vitest 5 shows the errors of attempts: the last one was written down when the test ended. */
function failLastAttempt({ result }: TestTask, error: TaskError): void {
  const last = result?.attempts?.at(-1)
  if (last !== undefined) Object.assign(last, { state: 'fail', errors: [...(last.errors ?? []), error] })
}
