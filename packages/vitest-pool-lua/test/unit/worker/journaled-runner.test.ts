import { describe, expect, test } from 'vitest'
import type { Runner } from '../../../src/worker/runner.ts'
import type { TestTask } from '../../../src/worker/tasks.ts'
import { bareRunner, notingRunner } from './noting-session.ts'
import { aFile, journaled } from './journaled.ts'
import { RSS } from './noting-journal.ts'
import { addTest } from './tasks-as-vitest-makes-them.ts'

const BLOCK = { type: 'collector', options: { sequential: true }, suite: { id: 'block' } }
const TRIES = { retry: 1, repeats: 2 }

/** One test as Vitest runs it. */
async function run(runner: Runner, task: TestTask): Promise<void> {
  await runner.onBeforeRunTask?.(task)
  await runner.onBeforeTryTask?.(task, TRIES)
  await runner.runTask?.(task)
  await runner.onAfterRetryTask?.(task, TRIES)
  await runner.onAfterRunTask?.(task)
}

test('every step of a file stands in the journal, in the order in which it is taken', async () => {
  const { file, numbers, adds } = aFile()
  const { runner, lines } = journaled(bareRunner())
  await runner.importFile('/project/test/math.test.ts', 'collect')
  await runner.onCollected?.([file])
  await runner.onBeforeRunSuite?.(file)
  await run(runner, Object.assign(adds, { result: { state: 'pass' } }))
  await runner.onAfterRunSuite?.(numbers)
  await runner.onAfterRunSuite?.(file)
  const module = 'test/math.test.ts'
  expect(lines.entries).toEqual([
    { type: 'collecting' },
    { type: 'import-began', module },
    { type: 'import-ended', module },
    { type: 'collected', sequential: [], rss: RSS },
    { type: 'test-began', test: { id: 'id of adds', fullName: 'numbers > adds' }, rss: RSS },
    { type: 'attempt-began', test: 'id of adds', retry: 1, repeat: 2 },
    { type: 'body-began', test: 'id of adds', timeout: 5_000 },
    { type: 'body-ended', test: 'id of adds' },
    { type: 'test-ended', test: 'id of adds', result: { state: 'pass' }, meta: {}, rss: RSS },
    { type: 'suite-ended', suite: 'id of numbers', result: { state: 'pass' } },
    { type: 'closing', rss: RSS },
    { type: 'closed', result: { state: 'pass' }, meta: {} },
  ])
})

test('each step is written before it is taken, and its end after it', async () => {
  const { adds } = aFile()
  const seen: string[][] = []
  const own: Partial<Runner> = { runTask: () => void seen.push(lines.types()) }
  const { runner, lines } = journaled(notingRunner([], own))
  await run(runner, adds)
  expect(seen).toEqual([['test-began', 'attempt-began', 'body-began']])
})

test("a runner's own steps are taken, and what importing gives is given", async () => {
  const { file, adds } = aFile()
  const said: string[] = []
  const { runner } = journaled(notingRunner(said, { importFile: () => 'imported' }))
  expect(await runner.importFile('a.test.ts', 'collect')).toBe('imported')
  await runner.onCollected?.([file])
  await run(runner, adds)
  await runner.onAfterRunSuite?.(file)
  expect(said).toEqual(['collected 1', 'try adds', 'tried adds', 'suite math.test.ts'])
})

test('a test that throws has ended its function', async () => {
  const { adds } = aFile()
  const { runner, lines } = journaled(notingRunner([], { runTask: () => Promise.reject(new Error('no')) }))
  await expect(runner.runTask?.(adds)).rejects.toThrow('no')
  expect(lines.types()).toEqual(['body-began', 'body-ended'])
})

test('an endless timeout is none', async () => {
  const { adds } = aFile()
  const { runner, lines } = journaled(bareRunner())
  await runner.runTask?.({ ...adds, timeout: Number.POSITIVE_INFINITY })
  expect(lines.entries[0]).toMatchObject({ type: 'body-began', timeout: 0 })
})

test.each([{ pending: true, state: 'run' }, { state: 'skip' }])(
  'a test that skips itself has ended, because Vitest calls nothing else for it: %j',
  async result => {
    const { adds } = aFile()
    const { runner, lines } = journaled(bareRunner())
    await runner.onAfterRetryTask?.(Object.assign(adds, { result }), TRIES)
    expect(lines.entries).toMatchObject([{ type: 'test-ended', result: { state: 'skip' } }])
  },
)

test('a test that a hook around it skips has ended before the next step', async () => {
  const { numbers, adds } = aFile()
  const divides = addTest(numbers, 'divides')
  const { runner, lines } = journaled(bareRunner())
  await runner.onBeforeRunTask?.(adds)
  Object.assign(adds, { mode: 'skip', result: { state: 'skip', pending: true } })
  await runner.onBeforeRunTask?.(divides)
  Object.assign(divides, { mode: 'skip', result: { state: 'skip', pending: true } })
  await runner.onAfterRunSuite?.(numbers)
  expect(lines.types()).toEqual(['test-began', 'test-ended', 'test-began', 'test-ended', 'suite-ended'])
  expect(lines.entries[1]).toMatchObject({ test: adds.id, result: { state: 'skip' } })
})

test('a test that does not run has not begun', async () => {
  const { adds } = aFile()
  const { runner, lines } = journaled(bareRunner())
  await runner.onBeforeRunTask?.(Object.assign(adds, { mode: 'skip' }))
  expect(lines.entries).toEqual([])
})

test('a module that throws is still being imported', async () => {
  const failing: Runner = { importFile: () => Promise.reject(new Error('no')) }
  const { runner, lines } = journaled(failing)
  await expect(runner.importFile('a.test.ts', 'collect')).rejects.toThrow('no')
  expect(lines.types()).toEqual(['collecting', 'import-began'])
})

test('the suites that ask for their order are those that stood at the top when the file was imported', async () => {
  const { file } = aFile()
  const { runner, lines } = journaled(bareRunner(), { collectors: () => [BLOCK] })
  await runner.importFile('setup.ts', 'setup')
  await runner.importFile('a.test.ts', 'collect')
  await runner.onCollected?.([file])
  expect(lines.entries.at(-1)).toMatchObject({ type: 'collected', sequential: ['block'] })
})

/** What is posted has not left this process before it is told to. */
function slow() {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { ...journaled(bareRunner(), { flushed: () => promise }), resolve }
}

describe('before anything can end this process', () => {
  test('the main process knows its tasks', async () => {
    const { runner, lines, resolve } = slow()
    const collected = runner.onCollected?.([aFile().file])
    await new Promise(setImmediate)
    expect(lines.types()).toEqual([])
    resolve()
    await collected
    expect(lines.types()).toEqual(['collected'])
  })

  test('what the last test printed has left it', async () => {
    const { runner, lines, resolve } = slow()
    let over = false
    const end = Promise.resolve(runner.onAfterRunTask?.(aFile().adds)).then(() => (over = true))
    await new Promise(setImmediate)
    expect([lines.types(), over]).toEqual([['test-ended'], false])
    resolve()
    await end
  })
})
