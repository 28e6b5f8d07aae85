import { describe, expect, test } from 'vitest'
import { enginesGuard } from '../../../src/guards/engines.ts'
import type { OpenEngine } from '../../../src/guards/engines.ts'
import { testName } from '../samples.ts'

const at = { file: '/project/test/a.test.ts', line: 3, column: 5 }

/** An engine that writes down its end; `ends` may take its time, or fail. */
function engine(name: string, { said = [], ends, key = null }: EngineChanges = {}): OpenEngine {
  let open = true
  return {
    name,
    key,
    at,
    test: testName('opens it'),
    isOpen: () => open,
    dispose() {
      open = false
      said.push(name)
      return ends?.()
    },
  }
}

interface EngineChanges {
  readonly said?: string[]
  readonly ends?: () => unknown
  readonly key?: string | null
}

const never = (): Promise<void> => Promise.withResolvers<void>().promise
const fails = (): never => {
  throw new Error('the socket is gone')
}
const rejects = (): Promise<never> => Promise.reject(new Error('the socket is gone'))

test('an engine that is left open is disposed and told, with its test and its line', async () => {
  const guard = enginesGuard()
  guard.track(engine('the database'))
  expect(await guard.close()).toEqual([
    {
      kind: 'engine-left-open',
      engine: 'the database',
      outcome: 'disposed',
      test: testName('opens it'),
      at,
      text: 'the database was left open and was disposed when the file ended',
    },
  ])
})

test('the engines of globalSetup end with the run', async () => {
  const guard = enginesGuard({ span: 'run' })
  guard.track(engine('the database'))
  expect(await guard.close()).toMatchObject([
    { text: 'the database was left open and was disposed when the run ended' },
  ])
})

test('engines are disposed last opened first, one after the other', async () => {
  const said: string[] = []
  const slow = async (): Promise<void> => {
    await new Promise(resolve => {
      setTimeout(resolve, 15)
    })
    said.push('the slow one has ended')
  }
  const guard = enginesGuard()
  guard.track(engine('the pool', { said }))
  guard.track(engine('the slow one', { said, ends: slow }))
  guard.track(engine('the session', { said }))

  await guard.close()

  expect(said).toEqual(['the session', 'the slow one', 'the slow one has ended', 'the pool'])
})

test('an engine that the test closed is no finding and is not disposed again', async () => {
  const said: string[] = []
  const guard = enginesGuard()
  const closed = engine('the database', { said })
  guard.track(closed)
  closed.dispose()
  expect(await guard.close()).toEqual([])
  expect(said).toEqual(['the database'])
  expect(guard.counts()).toEqual({ opened: 1, disposed: 1, left: 0 })
})

test('an engine that the end of another closes is no finding', async () => {
  const guard = enginesGuard()
  const session = engine('the session')
  guard.track(session)
  guard.track(engine('the pool', { ends: () => session.dispose() }))
  expect(await guard.close()).toMatchObject([{ engine: 'the pool' }])
})

describe.each([
  ['throws', fails, 'failed', 'could not be disposed: Error: the socket is gone'],
  ['rejects', rejects, 'failed', 'could not be disposed: Error: the socket is gone'],
  ['never ends', never, 'timed-out', 'could not be disposed within 30 ms'],
])('where the disposal of one engine %s', (_, ends, outcome, words) => {
  test('that is told, and the others are disposed', async () => {
    const said: string[] = []
    const guard = enginesGuard({ limit: 30 })
    guard.track(engine('the first', { said }))
    guard.track(engine('the broken', { said, ends }))
    guard.track(engine('the last', { said }))

    const discoveries = await guard.close()

    expect(said).toEqual(['the last', 'the broken', 'the first'])
    expect(discoveries).toMatchObject([
      { engine: 'the last', outcome: 'disposed' },
      { engine: 'the broken', outcome, text: `the broken was left open and ${words}` },
      { engine: 'the first', outcome: 'disposed' },
    ])
    expect(guard.counts()).toEqual({ opened: 3, disposed: 2, left: 1 })
  })
})

test('nothing was opened where nothing was tracked', async () => {
  const guard = enginesGuard()
  expect(await guard.close()).toEqual([])
  expect(guard.counts()).toEqual({ opened: 0, disposed: 0, left: 0 })
})

describe('two engines of one key', () => {
  test('are told as soon as both are open, with where the first one was opened', async () => {
    const guard = enginesGuard()
    const first = { ...engine('the first pool', { key: 'orders' }), at: { ...at, line: 1 } }
    const second = engine('the second pool', { key: 'orders' })
    guard.track(first)
    guard.track(second)
    first.dispose()
    second.dispose()
    expect(await guard.close()).toMatchObject([
      {
        kind: 'engine-duplicated',
        engine: 'the second pool',
        key: 'orders',
        first: { ...at, line: 1 },
        at,
        test: testName('opens it'),
        text: 'the second pool was opened for the key "orders" while the first pool was still open for it',
      },
    ])
  })

  test('are no finding where the first is closed before the second is opened', async () => {
    const guard = enginesGuard()
    const first = engine('the first pool', { key: 'orders' })
    const second = engine('the second pool', { key: 'orders' })
    guard.track(first)
    first.dispose()
    guard.track(second)
    second.dispose()
    expect(await guard.close()).toEqual([])
  })

  test('are found also among engines of other keys, and of none', async () => {
    const guard = enginesGuard()
    for (const key of [null, 'a', null, 'b', 'a']) guard.track(engine('a pool', { key }))
    const discoveries = await guard.close()
    const duplicates = discoveries.filter(({ kind }) => kind === 'engine-duplicated')
    expect(duplicates).toMatchObject([{ key: 'a' }])
  })
})

describe("the project's own disposers", () => {
  test('are called in their order, first of all: what they end is no finding', async () => {
    const said: string[] = []
    const note = (words: string) => () => void said.push(words)
    const guard = enginesGuard({
      disposers: [
        { name: 'src/db.ts#end', dispose: note('src/db.ts#end') },
        { name: 'src/queue.ts#end', dispose: note('src/queue.ts#end') },
      ],
    })
    guard.track(engine('the database', { said }))
    await guard.close()
    expect(said).toEqual(['src/db.ts#end', 'src/queue.ts#end', 'the database'])
  })

  test('are no finding where they end well', async () => {
    const guard = enginesGuard({ disposers: [{ name: 'src/db.ts#end', dispose: async () => {} }] })
    expect(await guard.close()).toEqual([])
    expect(guard.counts()).toEqual({ opened: 0, disposed: 0, left: 0 })
  })

  test.each([
    ['throws', fails, 'Error: the socket is gone'],
    ['rejects', rejects, 'Error: the socket is gone'],
    ['never ends', never, 'it did not end within 30 ms'],
  ])('where one %s, that is told, and the next is called', async (_, dispose, error) => {
    const said: string[] = []
    const guard = enginesGuard({
      limit: 30,
      disposers: [
        { name: 'src/db.ts#end', dispose },
        { name: 'src/queue.ts#end', dispose: () => void said.push('queue') },
      ],
    })
    expect(await guard.close()).toMatchObject([
      { kind: 'guard-failed', guard: 'engines: src/db.ts#end', error },
    ])
    expect(said).toEqual(['queue'])
  })
})

test('duplicates that one line opens again and again are one finding', async () => {
  const guard = enginesGuard()
  for (const name of ['first', 'pool', 'pool', 'pool', 'other']) guard.track(engine(name, { key: 'orders' }))
  const found = (await guard.close()).filter(({ kind }) => kind === 'engine-duplicated')
  expect(found.map(({ text }) => text)).toEqual([
    'pool was opened 3 times for the key "orders" while first was still open for it',
    'other was opened for the key "orders" while first was still open for it',
  ])
})

test('a duplicate whose name says its key is told in a few words', async () => {
  const guard = enginesGuard()
  for (let time = 0; time < 2; time++) guard.track(engine('pool (app@db:5432)', { key: 'app@db:5432' }))
  const found = (await guard.close()).filter(({ kind }) => kind === 'engine-duplicated')
  expect(found.map(({ text }) => text)).toEqual([
    'pool (app@db:5432) was opened while another one was still open',
  ])
})
