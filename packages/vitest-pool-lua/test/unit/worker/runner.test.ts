import { describe, expect, test } from 'vitest'
import { instrument } from '../../../src/worker/runner.ts'
import type { Runner } from '../../../src/worker/runner.ts'
import { bareRunner, lookups, noFunction, notingRunner, notingSession } from './noting-session.ts'
import { fileTask, suiteTask, testTask } from './tasks-as-vitest-makes-them.ts'

const file = fileTask('/project/test/math.test.ts')
const adds = testTask('adds', file)
const divides = testTask('divides', file)
const OPTIONS = { retry: 0, repeats: 0 }

/** One attempt, as Vitest makes it: the test's own function between the hooks. */
async function attempt(runner: Runner): Promise<void> {
  await runner.onBeforeTryTask?.(adds, OPTIONS)
  await runner.runTask?.(adds)
  await runner.onAfterRetryTask?.(adds, OPTIONS)
}

test('a file goes through its guards in order, around the hooks of its runner', async () => {
  const said: string[] = []
  const runner = instrument(
    notingRunner(said),
    notingSession(said),
    lookups(() => () => void said.push('adds itself')),
  )

  await runner.importFile('/project/test/math.test.ts', 'collect')
  await runner.onCollected?.([file])
  await runner.onBeforeRunSuite?.(file)
  await attempt(runner)
  await runner.onAfterRunSuite?.(file)

  expect(said).toEqual([
    'guards open',
    'import /project/test/math.test.ts',
    'collected 1',
    'guards collected',
    'begin math.test.ts',
    'guards before test',
    'try adds',
    'adds itself',
    'tried adds',
    'guards after adds',
    'suite math.test.ts',
    'guards close math.test.ts',
  ])
})

test('the runner stays the same object: Vitest and its own methods see one', () => {
  const bare = bareRunner()
  expect(instrument(bare, notingSession([]), noFunction)).toBe(bare)
})

test('what importing gives is given', async () => {
  const runner = instrument(bareRunner(), notingSession([]), noFunction)
  expect(await runner.importFile('a.test.ts', 'collect')).toBe('imported')
})

test('a runner without hooks of its own has ours', async () => {
  const said: string[] = []
  const runner = instrument(
    bareRunner(),
    notingSession(said),
    lookups(() => () => void said.push('adds itself')),
  )
  await runner.onCollected?.([file])
  await attempt(runner)
  await runner.onAfterRunSuite?.(file)
  expect(said).toEqual([
    'guards collected',
    'guards before test',
    'adds itself',
    'guards after adds',
    'guards close math.test.ts',
  ])
})

test('methods of a runner keep their this', async () => {
  class OwnRunner {
    readonly imported: string[] = []
    importFile(path: string): void {
      this.imported.push(path)
    }
  }
  const own = new OwnRunner()
  await instrument(own, notingSession([]), noFunction).importFile('a.test.ts', 'collect')
  expect(own.imported).toEqual(['a.test.ts'])
})

describe('the function of a test', () => {
  test('is run where the test is the current one, also after it has waited', async () => {
    const session = notingSession([])
    const seen: unknown[] = []
    const own = async (): Promise<void> => {
      seen.push(session.clock.now()?.name.fullName)
      await Promise.resolve()
      seen.push(session.clock.now()?.name.fullName)
    }
    const runner = instrument(
      bareRunner(),
      session,
      lookups(() => own),
    )
    await attempt(runner)
    expect(seen).toEqual(['adds', 'adds'])
    expect(session.clock.now()).toBeNull()
  })

  test('is run by the runner that has a way of its own to do so', async () => {
    const session = notingSession([])
    const seen: unknown[] = []
    const own: Partial<Runner> = {
      runTask: ({ name }) => void seen.push([name, session.clock.now()?.name.fullName]),
    }
    const runner = instrument(
      notingRunner([], own),
      session,
      lookups(() => () => void seen.push('another')),
    )
    await attempt(runner)
    expect(seen).toEqual([['adds', 'adds']])
  })

  test('may throw: that is thrown on', async () => {
    const failure = new Error('1 is not 2')
    const runner = instrument(
      bareRunner(),
      notingSession([]),
      lookups(() => () => Promise.reject(failure)),
    )
    await runner.onBeforeTryTask?.(adds, OPTIONS)
    await expect(runner.runTask?.(adds)).rejects.toBe(failure)
  })

  test('may be missing', async () => {
    const runner = instrument(bareRunner(), notingSession([]), noFunction)
    await expect(attempt(runner)).resolves.toBeUndefined()
  })
})

test('in its hooks the test is the current one, if it is alone', async () => {
  const session = notingSession([])
  const runner = instrument(bareRunner(), session, noFunction)
  await runner.onBeforeTryTask?.(adds, OPTIONS)
  expect(session.clock.now()?.name.fullName).toBe('adds')
  await runner.onAfterRetryTask?.(adds, OPTIONS)
  expect(session.clock.now()).toBeNull()
})

test('a test whose function never came to run is closed all the same', async () => {
  const said: string[] = []
  const session = notingSession(said)
  const runner = instrument(notingRunner(said), session, noFunction)
  await runner.onBeforeTryTask?.(adds, OPTIONS)
  await runner.onAfterRetryTask?.(adds, OPTIONS)
  expect(said).toEqual(['guards before test', 'try adds', 'tried adds', 'guards after adds'])
  expect(session.clock.running()).toBe(0)
})

test('every attempt of a retried test has the guards around it', async () => {
  const said: string[] = []
  const runner = instrument(
    bareRunner(),
    notingSession(said),
    lookups(() => () => void said.push('adds itself')),
  )
  await attempt(runner)
  await attempt(runner)
  const once = ['guards before test', 'adds itself', 'guards after adds']
  expect(said).toEqual([...once, ...once])
})

test('of two concurrent tests only the first opens and only the last closes alone', async () => {
  const said: string[] = []
  const runner = instrument(bareRunner(), notingSession(said), noFunction)
  await runner.onBeforeTryTask?.(adds, OPTIONS)
  await runner.onBeforeTryTask?.(divides, OPTIONS)
  await runner.onAfterRetryTask?.(adds, OPTIONS)
  await runner.onAfterRetryTask?.(divides, OPTIONS)
  expect(said).toEqual(['guards before test', 'guards after adds, while others run', 'guards after divides'])
})

test('a hook of the runner that fails leaves no test open', async () => {
  const said: string[] = []
  const session = notingSession(said)
  const failure = new Error('the hook failed')
  const failing = { ...bareRunner(), onAfterRetryTask: () => Promise.reject(failure) }
  const runner = instrument(failing, session, noFunction)
  await runner.onBeforeTryTask?.(adds, OPTIONS)
  await expect(runner.onAfterRetryTask?.(adds, OPTIONS)).rejects.toBe(failure)
  expect(session.clock.running()).toBe(0)
  expect(said).toEqual(['guards before test', 'guards after adds'])
})

describe('the end of a file', () => {
  test('is not that of a suite in it', async () => {
    const said: string[] = []
    const runner = instrument(notingRunner(said), notingSession(said), noFunction)
    await runner.onAfterRunSuite?.(suiteTask('numbers', file))
    expect(said).toEqual(['suite numbers'])
  })

  test('closes the guards once', async () => {
    const said: string[] = []
    const runner = instrument(bareRunner(), notingSession(said), noFunction)
    await runner.onAfterRunSuite?.(file)
    await runner.onAfterRunSuite?.(file)
    expect(said).toEqual(['guards close math.test.ts'])
  })

  test.each([
    ['could not be collected', { result: { state: 'fail' } }],
    ['is skipped', { mode: 'skip' }],
    ['is still to do', { mode: 'todo' }],
  ])('comes at once where the file %s', async (_, changes) => {
    const said: string[] = []
    const runner = instrument(notingRunner(said), notingSession(said), noFunction)
    await runner.onBeforeRunSuite?.(Object.assign(fileTask('/project/test/math.test.ts'), changes))
    expect(said).toEqual(['begin math.test.ts', 'guards close math.test.ts'])
  })

  test('is told after its last hook: what a runner does there still counts', async () => {
    const said: string[] = []
    const slow: Partial<Runner> = {
      async onAfterRunSuite() {
        await new Promise(resolve => {
          setTimeout(resolve, 10)
        })
        said.push('the runner has ended')
      },
    }
    const runner = instrument(notingRunner(said, slow), notingSession(said), noFunction)
    await runner.onAfterRunSuite?.(file)
    expect(said).toEqual(['the runner has ended', 'guards close math.test.ts'])
  })
})
