/**
 * The one door to Vitest in the main process: types, and the check of the version.
 *
 * Nothing of Vitest is imported here at run time: what is needed comes with
 * the objects that Vitest hands out.
 * https://github.com/vitest-dev/vitest/blob/v5.1.1/packages/vitest/src/node/pools/types.ts
 */
import { PoolError } from '../errors.ts'
import type { TestProject, Vitest } from 'vitest/node'

export type {
  PoolOptions,
  PoolRunnerInitializer,
  PoolWorker,
  TestModule,
  TestProject,
  Vitest,
  WorkerRequest,
} from 'vitest/node'

/** @throws PoolError `LUA_POOL_VITEST_VERSION`, `LUA_POOL_NODE_VERSION` */
export function checkVersions(vitest: string, node: string = process.versions.node): void {
  checkVitest(vitest)
  checkNode(node)
}

/** Vitest 4.1 also runs on Node.js 20, which has no compile cache. */
function checkNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major === 24 || major >= 26 || (major === 22 && minor >= 12)) return
  throw new PoolError(
    'LUA_POOL_NODE_VERSION',
    `vitest-pool-lua works with Node.js ^22.12, ^24 and >=26, but this is Node.js ${version}. Install one of them: 24 is the long-term release.`,
  )
}

function checkVitest(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major === 5 || (major === 4 && minor >= 1)) return
  throw new PoolError(
    'LUA_POOL_VITEST_VERSION',
    `vitest-pool-lua works with Vitest ^4.1 and ^5, but this is Vitest ${version}. Install one of them: npm install --save-dev vitest@5`,
  )
}

/** Enters a file of which no worker could tell. Gives the id of its task. */
export function registerFile(project: TestProject, filepath: string): string {
  const { state } = project.vitest
  // As Vitest does for files that it cancels: it makes a task for each that has none.
  // https://github.com/vitest-dev/vitest/blob/v5.1.1/packages/vitest/src/node/state.ts
  state.cancelFiles([{ filepath }] as never, project)
  const files = state.getFiles([filepath])
  return files.find(({ projectName }) => (projectName ?? '') === project.name)?.id ?? ''
}

/** Whether so many tests have failed that Vitest's `bail` ends the run. */
export function isBailReached(vitest: Vitest): boolean {
  const { bail = 0 } = vitest.config
  return bail > 0 && vitest.state.getCountOfFailedTests() >= bail
}

/** By a signal, by `bail`, or by a key in watch mode. Not in Vitest's types. */
export function isCancelling(vitest: Vitest): boolean {
  return Reflect.get(vitest, 'isCancelling') === true
}
