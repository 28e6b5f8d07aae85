/** Packages change inside: what stands here is how far anything may be trusted. */
import { EventEmitter } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createTestClock } from '../../../../src/guards/current-test.ts'
import { openEngine } from '../../../../src/guards/engine.ts'
import { call, read } from '../../../../src/guards/engines/kind.ts'
import { currentTest } from '../../samples.ts'
import { trackedEngines } from './tracked.ts'

const clock = createTestClock(1_000)

const tracked = trackedEngines(clock)

/** Looks like the pool of pg, and has an inside of its own. */
class Pool extends EventEmitter {
  ended = false
  readonly options: unknown

  constructor(options: unknown) {
    super()
    this.options = options
  }

  query(): void {}
  connect(): void {}
  get totalCount(): number {
    throw new Error('this pool is not finished')
  }
  get idleCount(): number {
    return 0
  }
  get waitingCount(): number {
    return 0
  }
  async end(): Promise<void> {
    this.ended = true
  }
}

test('a class is recognised without calling any of its accessors', async () => {
  const pool = new Pool({ connectionString: 'postgres://me:secret@db:5433/orders' })
  await Promise.resolve()
  expect(await tracked.engines.close()).toMatchObject([
    { engine: 'pg Pool (postgres://me@db:5433/orders)', outcome: 'disposed' },
  ])
  expect(pool.ended).toBe(true)
})

test.each([
  [{ host: 'db', user: 'me', database: 'orders' }, 'postgres://me@db:5432/orders'],
  [{}, 'postgres://localhost:5432/'],
  [undefined, 'postgres://localhost:5432/'],
  [{ connectionString: 'no URL, secret' }, 'a connection string'],
])('a pool with the options %o is called %s: a password is never told', async (options, address) => {
  const pool = new Pool(options)
  await Promise.resolve()
  expect(await tracked.engines.close()).toMatchObject([{ engine: `pg Pool (${address})` }])
  expect(pool.ended).toBe(true)
})

test('two pools for one database are pointed out, with both lines', async () => {
  const options = { connectionString: 'postgres://me@db/orders' }
  const pools = [new Pool(options), new Pool(options)]
  await Promise.resolve()
  const [duplicate] = await tracked.engines.close()
  expect(duplicate).toMatchObject({
    kind: 'engine-duplicated',
    key: 'postgres://me@db/orders',
    at: { line: (duplicate as { first: { line: number } }).first.line },
  })
  expect(pools.every(({ ended }) => ended)).toBe(true)
})

test('one pool after another is no duplicate', async () => {
  const options = { connectionString: 'postgres://me@db/orders' }
  await new Pool(options).end()
  await new Pool(options).end()
  expect(await tracked.engines.close()).toEqual([])
})

/** Its end waits for what was taken from it. */
class BusyPool extends Pool {
  readonly #released = Promise.withResolvers<void>()
  readonly _clients = [{ release: () => this.#released.resolve() }]

  override async end(): Promise<void> {
    await this.#released.promise
    await super.end()
  }
}

test.each(['at once', 'later'])(
  'what engine() is told of %s is ended as its kind is, busy or not',
  async when => {
    const pool = new BusyPool({})
    if (when === 'later') await Promise.resolve()
    tracked.engines.track(openEngine(pool, { name: 'ours' }, null))
    await Promise.resolve()
    expect(await tracked.engines.close()).toMatchObject([{ engine: 'ours', outcome: 'disposed' }])
    expect(pool.ended).toBe(true)
  },
)

test('what engine() was told how to end is ended so', async () => {
  const pool = new BusyPool({})
  const dispose = vi.fn<() => void>()
  tracked.engines.track(openEngine(pool, { dispose }, null))
  await Promise.resolve()
  expect(await tracked.engines.close()).toMatchObject([{ engine: 'BusyPool', outcome: 'disposed' }])
  expect(dispose).toHaveBeenCalledExactlyOnceWith(pool)
  expect(pool.ended).toBe(false)
})

/** Looks like a client of pg. */
class Client extends EventEmitter {
  readonly connectionParameters = { host: 'db', database: 'orders' }

  query(): void {}
  connect(): void {}
  escapeIdentifier(): void {}
  escapeLiteral(): void {}
  async end(): Promise<void> {
    Reflect.set(this, '_ended', true)
  }
}

/** Looks like a client of ioredis. */
class Redis extends EventEmitter {
  readonly options = { host: 'db', port: 6379, db: 0 }
  status = 'ready'

  quit(): void {}
  duplicate(): void {}
  sendCommand(): void {}
  setStatus(): void {}
  pipeline(): void {}
  subscribe(): void {}
  disconnect(): void {
    this.status = 'end'
  }
}

async function kindsFound(): Promise<string[]> {
  await Promise.resolve()
  return (await tracked.engines.close()).map(({ kind }) => kind)
}

test('two clients of one test are meant, as transactions that meet need them', async () => {
  clock.within(currentTest('locks'), () => [new Client(), new Client()])
  expect(await kindsFound()).toEqual(['engine-left-open', 'engine-left-open'])
})

test('a second client that another test opens is pointed out', async () => {
  for (const name of ['opens it', 'opens it again']) clock.within(currentTest(name), () => new Client())
  expect(await kindsFound()).toEqual(['engine-duplicated', 'engine-left-open', 'engine-left-open'])
})

test('a connection that subscribes is no duplicate of one that does not', async () => {
  new Redis().subscribe()
  expect(new Redis().status).toBe('ready')
  expect(await kindsFound()).toEqual(['engine-left-open', 'engine-left-open'])
})

test('two connections that do the same are pointed out', async () => {
  expect([new Redis(), new Redis()]).toHaveLength(2)
  expect(await kindsFound()).toEqual(['engine-duplicated', 'engine-left-open', 'engine-left-open'])
})

test('what another package opens is no duplicate: it knows what it does', async () => {
  installed('some-queue')(Redis)
  expect(await kindsFound()).toEqual(['engine-left-open', 'engine-left-open'])
})

test('what the package itself opens for the test is one', async () => {
  installed('ioredis')(Redis)
  expect(await kindsFound()).toContain('engine-duplicated')
})

test.each(['some-client', 'undici'])('an agent that the package %s makes is its own affair', async name => {
  class KeepAlive extends Agent {
    constructor() {
      super({ keepAlive: true })
    }
  }
  installed(name)(KeepAlive)
  expect(await kindsFound()).toEqual([])
  expect(new KeepAlive().sockets).toEqual({})
  expect(await kindsFound()).toEqual(['engine-left-open'])
})

type OpensTwo = (made: new () => object) => object[]

/** A package of node_modules that opens two of what it is given. */
function installed(name: string): OpensTwo {
  const folder = mkdtempSync(join(tmpdir(), 'installed-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'node_modules', name, 'index.cjs')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, 'module.exports = Made => [new Made(), new Made()]')
  return createRequire(import.meta.url)(file) as OpensTwo
}

test('an emitter whose insides are not as expected is told of as what it looks like, and ends the others', async () => {
  class Broken extends Pool {
    get ending(): boolean {
      throw new Error('no such thing')
    }
  }
  const broken = new Broken({})
  await Promise.resolve()
  expect(await tracked.engines.close()).toEqual([])
  expect(broken.ended).toBe(false)
})

test('an emitter of another kind is none', async () => {
  const emitter = new EventEmitter()
  await Promise.resolve()
  expect(tracked.engines.counts().opened).toBe(0)
  expect(emitter.listenerCount('error')).toBe(0)
})

test('reading goes as far as it goes', () => {
  expect(read({ a: { b: 1 } }, 'a', 'b')).toBe(1)
  expect(read({ a: null }, 'a', 'b', 'c')).toBeUndefined()
  expect(read(undefined, 'a')).toBeUndefined()
  expect(call({ end: (code: number) => code }, 'end', 5)).toBe(5)
  expect(call({}, 'end')).toBeUndefined()
})
