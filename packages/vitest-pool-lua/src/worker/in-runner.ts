/**
 * What Vitest imports as the runner of this worker.
 *
 * Vitest loads it through the tests' module graph, where this package may be
 * inlined, so it imports nothing: the worker's session waits on globalThis.
 */
interface RunnerSource {
  runnerClass(): Promise<unknown>
}

const session = Reflect.get(globalThis, Symbol.for('vitest-pool-lua.session')) as RunnerSource

const runnerClass = await session.runnerClass()

export { runnerClass as default }
