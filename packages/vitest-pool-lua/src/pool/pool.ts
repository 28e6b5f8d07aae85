/** The pool: a process for each test file. */
import { POOL_NAME } from '../protocol/message.ts'
import type { Settings } from '../protocol/settings.ts'
import { runOf } from './run.ts'
import type { PoolRunnerInitializer, TestProject } from './upstream.ts'
import { WorkerProcess } from './worker-process.ts'

export function poolWith(settingsOf: (project: TestProject) => Settings): PoolRunnerInitializer {
  return {
    name: POOL_NAME,
    createPoolWorker: options =>
      new WorkerProcess({
        name: POOL_NAME,
        options,
        settings: settingsOf(options.project),
        run: runOf(options.project.vitest),
      }),
  }
}
