/** Tasks of a file as its worker tells Vitest of them: each has the id of its name. */
import type { FileTask, SuiteTask, Task, TestTask } from '../../../../src/pool/file/tasks.ts'

export const FILE_ID = 'id of the file'

export function idOf(name: string): string {
  return `id of ${name}`
}

export function test(name: string, changes: Partial<TestTask> = {}): TestTask {
  return { type: 'test', id: idOf(name), name, mode: 'run', meta: {}, ...changes }
}

export function suite(name: string, tasks: readonly Task[], changes: Partial<SuiteTask> = {}): SuiteTask {
  return { type: 'suite', id: idOf(name), name, mode: 'run', meta: {}, tasks, ...changes }
}

export function file(...tasks: readonly Task[]): FileTask {
  return { ...suite('math.test.ts', tasks, { id: FILE_ID }), filepath: '/project/test/math.test.ts' }
}
