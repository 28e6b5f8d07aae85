import { describe, expect, test } from 'vitest'
import type { Resume } from '../../../src/protocol/resume.ts'
import { goOn } from '../../../src/worker/resumed-runner.ts'
import type { FileTask, SuiteTask, TaskResult, TestTask } from '../../../src/worker/tasks.ts'
import { bareRunner, notingRunner } from './noting-session.ts'
import { addSuite, addTest, fileTask } from './tasks-as-vitest-makes-them.ts'

const RESUME: Resume = {
  tests: [
    ['id of adds', 'adds'],
    ['id of divides', 'divides'],
    ['id of rounds', 'rounds'],
  ],
  finished: {},
  failedSuites: [],
  attempts: {},
  after: 'was ended by SIGSEGV in "adds"',
  elapsed: 1_000,
  snapshots: [],
}
const noHooks = (): object => ({})
const DIED = { name: 'WorkerDeath', message: 'it died', stack: 'WorkerDeath: it died' }
const TOLD = 'This test ran in a fresh worker, after another was ended by SIGSEGV in "adds".'

interface Tasks {
  readonly file: FileTask
  readonly numbers: SuiteTask
  readonly adds: TestTask
  readonly divides: TestTask
  readonly rounds: TestTask
}

function tasks(changes: Partial<TestTask> = {}): Tasks {
  const file = fileTask('/project/test/math.test.ts')
  const numbers = addSuite(file, 'numbers')
  const adds = addTest(numbers, 'adds', changes)
  const divides = addTest(numbers, 'divides')
  return { file, numbers, adds, divides, rounds: addTest(file, 'rounds') }
}

function passed(...tests: readonly TestTask[]): Resume['finished'] {
  return Object.fromEntries(tests.map(({ id }) => [id, 'pass']))
}

function resumed(changes: Partial<Resume>) {
  return goOn(bareRunner(), { ...RESUME, ...changes }, noHooks)
}

describe('when the file is collected', () => {
  test('tests that have their result are passed over, with it', async () => {
    const { file, adds, divides, rounds } = tasks()
    await resumed({ finished: { [adds.id]: 'fail' } }).onCollected?.([file])
    expect([adds.mode, adds.result]).toEqual(['skip', { state: 'fail' }])
    expect([divides.mode, rounds.mode, divides.result]).toEqual(['run', 'run', undefined])
  })

  test('suites of which nothing is left are passed over, others are not', async () => {
    const { file, numbers, adds, divides } = tasks()
    await resumed({ finished: { [adds.id]: 'pass' } }).onCollected?.([file])
    expect(numbers.mode).toBe('run')
    await resumed({ finished: { [adds.id]: 'pass', [divides.id]: 'skip' } }).onCollected?.([file])
    expect([numbers.mode, file.mode]).toEqual(['skip', 'run'])
  })

  test('its own hooks run again where something is left to run between them, and only there', async () => {
    const { file, adds, divides, rounds } = tasks()
    const hooks = { beforeAll: [() => 'opens'], afterAll: [() => 'closes'] }
    const collect = async (known: Resume['finished']): Promise<number> => {
      await goOn(bareRunner(), { ...RESUME, finished: known }, () => hooks).onCollected?.([file])
      return hooks.beforeAll.length + hooks.afterAll.length
    }
    expect(await collect(passed(adds, divides))).toBe(2)
    expect(await collect(passed(adds, divides, rounds))).toBe(0)
  })

  test('what is skipped or to do stays so', async () => {
    const { file, adds, divides, numbers } = tasks({ mode: 'todo' })
    divides.mode = 'skip'
    await resumed({}).onCollected?.([file])
    expect([adds.mode, divides.mode, numbers.mode]).toEqual(['todo', 'skip', 'skip'])
    numbers.mode = 'todo'
    await resumed({}).onCollected?.([file])
    expect(numbers.mode).toBe('todo')
  })
})

function collectAgain(file: FileTask, changes: Partial<Resume> = {}): unknown {
  return resumed(changes).onCollected?.([file])
}

describe('a file that is collected otherwise than before', () => {
  test('is not gone on with: its results would go to other tests', async () => {
    const { file } = tasks()
    addTest(file, 'subtracts')
    await expect(collectAgain(file)).rejects.toThrow('collected it otherwise than the first one')
    const moved = tasks()
    Object.assign(moved.adds, { name: 'divides' })
    await expect(collectAgain(moved.file)).rejects.toThrow('"divides" in another place')
  })

  test('may have names that are made anew each time', async () => {
    const { file, adds } = tasks()
    Object.assign(adds, { name: 'adds at 12:31' })
    await collectAgain(file, { finished: { [adds.id]: 'pass' } })
    expect(adds.mode).toBe('skip')
  })

  test('or could not be imported again says why', async () => {
    const { file } = tasks()
    file.result = { state: 'fail', errors: [{ name: 'Error', message: 'no database', stack: '' }] }
    await expect(collectAgain(file)).rejects.toThrow('could not import it again: no database')
  })
})

test("a runner's own steps are taken", async () => {
  const said: string[] = []
  const { file } = tasks()
  const runner = goOn(notingRunner(said), RESUME, noHooks)
  await runner.onCollected?.([file])
  await runner.onBeforeRunSuite?.(file)
  await runner.onAfterRunSuite?.(file)
  expect(said).toEqual(['collected 1', 'begin math.test.ts', 'suite math.test.ts'])
})

describe('a test that runs now', () => {
  test('says so', async () => {
    const { adds } = tasks({ meta: { mine: 1 } })
    await resumed({}).onBeforeRunTask?.(adds)
    expect(adds.meta).toEqual({ mine: 1, lua: { resumed: true } })
  })

  test('says so in its message where it fails, also where the message has signs of its own', async () => {
    const error = { name: 'Error', message: "1 is not $& '$1'", stack: "Error: 1 is not $& '$1'\n    at f" }
    const { adds } = tasks()
    adds.result = { state: 'fail', errors: [error] }
    await resumed({}).onAfterRunTask?.(adds)
    expect(error).toEqual({
      name: 'Error',
      message: `1 is not $& '$1'\n${TOLD}`,
      stack: `Error: 1 is not $& '$1'\n${TOLD}\n    at f`,
    })
  })

  test('says nothing in a message where it passes', async () => {
    const { adds } = tasks()
    adds.result = { state: 'pass' }
    await resumed({}).onAfterRunTask?.(adds)
    expect(adds.result).toEqual({ state: 'pass' })
  })

  test('does not say so where it is skipped', async () => {
    const { adds } = tasks({ mode: 'skip' })
    await resumed({}).onBeforeRunTask?.(adds)
    expect(adds.meta).toEqual({})
  })
})

describe('a test that killed its worker and is tried again', () => {
  const attempts = { 'id of adds': [DIED] }

  test.each([
    [2, 1],
    [
      { count: 2, delay: 5 },
      { count: 1, delay: 5 },
    ],
    [
      { count: 1, condition: /died/ },
      { count: 0, condition: /died/ },
    ],
  ])('has one try less: %j', async (retry, left) => {
    const { adds } = tasks({ retry })
    await resumed({ attempts }).onBeforeRunTask?.(adds)
    expect([adds.mode, adds.retry]).toEqual(['run', left])
  })

  test('has the earlier deaths among its errors, and counts them', async () => {
    const { adds } = tasks()
    const own = { name: 'Error', message: 'no', stack: 'Error: no' }
    adds.result = { state: 'fail', errors: [own], retryCount: 1 }
    await resumed({ attempts }).onAfterRunTask?.(adds)
    expect(adds.result.errors?.map(({ message }) => message)).toEqual(['it died', `no\n${TOLD}`])
    expect(adds.result.retryCount).toBe(2)
  })

  test('keeps them where it passes now', async () => {
    const { adds } = tasks()
    adds.result = { state: 'pass' }
    await resumed({ attempts }).onAfterRunTask?.(adds)
    expect(adds.result).toEqual({ state: 'pass', errors: [DIED], retryCount: 1 })
  })

  test.each([/something else/, () => false])('is not where its condition forbids it: %s', async condition => {
    const { adds } = tasks({ retry: { count: 3, condition } })
    await resumed({ attempts }).onBeforeRunTask?.(adds)
    expect([adds.mode, adds.result]).toEqual(['skip', { state: 'fail', errors: [DIED], retryCount: 0 }])
  })
})

async function after(suite: SuiteTask, result: TaskResult, changes: Partial<Resume>): Promise<TaskResult> {
  suite.result = result
  await resumed(changes).onAfterRunSuite?.(suite)
  return result
}

describe('when a suite ends', () => {
  test.each([
    ['it fails where one of those in it had failed', 'file', 'fail'],
    ['it is as it is where another one had failed', 'numbers', 'pass'],
  ] as const)('%s', async (_, name, state) => {
    const ended = await after(tasks()[name], { state: 'pass' }, { failedSuites: ['id of numbers'] })
    expect(ended.state).toBe(state)
  })

  test('the file has the time that it took before', async () => {
    expect(await after(tasks().file, { state: 'pass', duration: 5, startTime: 3_000 }, {})).toEqual({
      state: 'pass',
      duration: 1_005,
      startTime: 2_000,
    })
    expect(await after(tasks().numbers, { state: 'pass', duration: 5 }, {})).toMatchObject({ duration: 5 })
  })
})

test('the snapshots of tests that have ended are there when the file begins', async () => {
  const kept: string[] = []
  const state = {
    _initialData: {},
    added: { increment: () => {} },
    updated: { increment: () => {} },
    _addSnapshot: (key: string) => kept.push(key),
  }
  const runner = Object.assign(bareRunner(), { snapshotClient: { getSnapshotState: () => state } })
  const snapshot = { key: 'adds 1', received: '3', options: { testId: 'id of adds' } }
  goOn(runner, { ...RESUME, snapshots: [snapshot] }, noHooks)
  const { file, numbers } = tasks()
  await runner.onBeforeRunSuite?.(numbers)
  expect(kept).toEqual([])
  await runner.onBeforeRunSuite?.(file)
  expect(kept).toEqual(['adds 1'])
})
