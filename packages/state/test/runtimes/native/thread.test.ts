import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'

const sourceFlags = [
  '--experimental-strip-types',
  '--disable-warning=ExperimentalWarning',
  '--conditions=dev',
]

test('in a worker thread native runtimes are refused, each with the setting to change', async () => {
  const worker = new Worker(new URL('open-in-a-thread.ts', import.meta.url), { execArgv: sourceFlags })
  const told = await new Promise<Record<string, string>>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  await worker.terminate()
  expect(Object.keys(told)).toEqual(['luajit', 'lua5.1', 'lua5.2', 'lua5.3', 'lua5.4', 'fengari'])
  const { fengari, ...native } = told
  expect(fengari).toBe('opened')
  for (const [runtime, refused] of Object.entries(native)) {
    expect(refused).toContain(
      `LUA_STATE_RUNTIME_THREAD: openLua('${runtime}') was called in a worker thread.`,
    )
    expect(refused).toContain("set test.pool to 'forks' or use vitest-pool-lua")
  }
})
