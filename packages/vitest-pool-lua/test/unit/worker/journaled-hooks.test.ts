/** What the journal says of the user's hooks. */
import { expect, test } from 'vitest'
import { aFile, journaled } from './journaled.ts'
import { bareRunner } from './noting-session.ts'

/** A file whose suite has this hook, collected. */
async function withHook(hook: (...args: unknown[]) => unknown) {
  const { file, numbers, adds } = aFile()
  const hooks = { beforeEach: [hook] }
  const made = journaled(bareRunner(), { hooksOf: suite => (suite === numbers ? hooks : {}) })
  await made.runner.onCollected?.([file])
  made.lines.entries.length = 0
  return { ...made, adds, call: () => hooks.beforeEach[0]?.({ task: adds }) }
}

test('a hook stands there with its suite and its test, and with its end', async () => {
  const { lines, call } = await withHook(() => 'given')
  expect(call()).toBe('given')
  const of = { id: 'id of adds', fullName: 'numbers > adds' }
  expect(lines.entries).toEqual([
    {
      type: 'hook-began',
      run: 1,
      hook: 'beforeEach',
      suite: 'numbers',
      suiteId: 'id of numbers',
      test: of,
    },
    { type: 'hook-ended', run: 1 },
  ])
})

test('a hook is over when its promise is', async () => {
  const { promise, resolve } = Promise.withResolvers<string>()
  const { lines, call } = await withHook(() => promise)
  const result = call()
  expect(lines.types()).toEqual(['hook-began'])
  resolve('given')
  expect(await result).toBe('given')
  expect(lines.types()).toEqual(['hook-began', 'hook-ended'])
})

test('a hook that throws, now or later, is over', async () => {
  const now = await withHook(() => {
    throw new Error('no')
  })
  expect(now.call).toThrow('no')
  expect(now.lines.types()).toEqual(['hook-began', 'hook-ended'])
  const later = await withHook(() => Promise.reject(new Error('later')))
  await expect(later.call()).rejects.toThrow('later')
  expect(later.lines.types()).toEqual(['hook-began', 'hook-ended'])
})

test('a hook has the limit that Vitest leaves on its runner as it starts it, also for calls into Lua', async () => {
  const left: (number | undefined)[] = []
  const made = await withHook(() => {
    Reflect.set(made.runner, '_currentTaskTimeout', 300)
    left.push(made.clock.left())
  })
  made.call()
  expect(made.lines.entries).toContainEqual({ type: 'hook-limit', run: 1, timeout: 300 })
  expect(left[0]).toBeLessThanOrEqual(300)
  expect(left[0]).toBeGreaterThan(0)
})

test("a hook has no limit but its own: what is left there later is another one's", async () => {
  const { runner, lines, call } = await withHook(() => Promise.resolve())
  const over = call()
  Reflect.set(runner, '_currentTaskTimeout', 300)
  await over
  expect(lines.types()).toEqual(['hook-began', 'hook-ended'])
})

test('a hook keeps the limit that it began with', async () => {
  const made = await withHook(() => {
    for (const ms of [300, 5_000]) Reflect.set(made.runner, '_currentTaskTimeout', ms)
  })
  made.call()
  expect(made.lines.entries.filter(({ type }) => type === 'hook-limit')).toMatchObject([{ timeout: 300 }])
})

test('a test that a hook around it skipped has ended before a hook of its suite begins', async () => {
  const { file, numbers, adds } = aFile()
  const hooks = { afterAll: [() => {}] }
  const { runner, lines } = journaled(bareRunner(), { hooksOf: suite => (suite === numbers ? hooks : {}) })
  await runner.onCollected?.([file])
  await runner.onBeforeRunTask?.(adds)
  Object.assign(adds, { mode: 'skip', result: { state: 'skip', pending: true } })
  hooks.afterAll[0]?.()
  expect(lines.types()).toEqual(['collected', 'test-began', 'test-ended', 'hook-began', 'hook-ended'])
})
