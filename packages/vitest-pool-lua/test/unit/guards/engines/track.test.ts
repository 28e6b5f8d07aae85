import { createSocket } from 'node:dgram'
import { EventEmitter, once } from 'node:events'
import fs, { createReadStream, openSync, watch } from 'node:fs'
import { open } from 'node:fs/promises'
import http, { createServer } from 'node:http'
import { createServer as createHttp2Server } from 'node:http2'
import https from 'node:https'
import { createRequire, isBuiltin } from 'node:module'
import { createServer as createSocketServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { fileURLToPath } from 'node:url'
import type * as Sqlite from 'node:sqlite'
import { Worker } from 'node:worker_threads'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createTestClock } from '../../../../src/guards/current-test.ts'
import { openEngine } from '../../../../src/guards/engine.ts'
import { enginesGuard } from '../../../../src/guards/engines.ts'
import { trackEngines } from '../../../../src/guards/engines/track.ts'
import { currentTest, testName } from '../../samples.ts'
import { trackedEngines } from './tracked.ts'

const HERE = fileURLToPath(import.meta.url)
const clock = createTestClock(1_000)

const tracked = trackedEngines(clock)

/** As a test would: what it opens is its own. */
function opens<T>(work: () => T): T {
  return clock.within(currentTest('opens it'), work)
}

async function listening(server: Server): Promise<Server> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

interface Case {
  readonly name: string
  readonly kind?: string
  /** Opens it, and gives what closes it as a user would. */
  open(this: void): Promise<() => unknown>
}

const CASES: readonly Case[] = [
  {
    name: 'an HTTP server',
    async open() {
      const server = await listening(createServer())
      return () => server.close()
    },
  },
  {
    name: 'an HTTP/2 server',
    async open() {
      const server = await listening(createHttp2Server())
      return () => server.close()
    },
  },
  {
    name: 'a socket server',
    async open() {
      const server = await listening(createSocketServer())
      return () => server.close()
    },
  },
  {
    name: 'an agent of node:http',
    async open() {
      const agent = new http.Agent({ keepAlive: true })
      return () => agent.destroy()
    },
  },
  {
    name: 'an agent of node:https',
    async open() {
      const agent = new https.Agent({ keepAlive: true })
      return () => agent.destroy()
    },
  },
  {
    name: 'a worker thread',
    async open() {
      const worker = new Worker('setInterval(() => {}, 1000)', { eval: true })
      await once(worker, 'online')
      return () => void worker.terminate()
    },
  },
  {
    name: 'a database of node:sqlite',
    async open() {
      const { DatabaseSync } = createRequire(import.meta.url)('node:sqlite') as typeof Sqlite
      const database = new DatabaseSync(':memory:')
      return () => database.close()
    },
  },
  {
    name: 'a file handle',
    async open() {
      const handle = await open(HERE)
      return () => handle.close()
    },
  },
  {
    name: 'a watcher',
    kind: 'handle-left-open',
    async open() {
      const watcher = watch(HERE)
      return () => watcher.close()
    },
  },
  {
    name: 'a stream of a file',
    kind: 'handle-left-open',
    async open() {
      const stream = createReadStream(HERE)
      await once(stream, 'open')
      return () => stream.destroy()
    },
  },
  {
    name: 'a socket for datagrams',
    kind: 'handle-left-open',
    async open() {
      const socket = createSocket('udp4').bind(0, '127.0.0.1')
      await once(socket, 'listening')
      return () => socket.close()
    },
  },
]

/** The first releases of Node 22 have no node:sqlite without a flag. */
const SERVED = CASES.filter(({ name }) => !name.endsWith('sqlite') || isBuiltin('node:sqlite'))

describe.each(SERVED)('$name', ({ open: openIt, kind = 'engine-left-open' }) => {
  test('that is left open is disposed, and named with its test and its line', async () => {
    await opens(openIt)
    expect(await tracked.engines.close()).toMatchObject([
      { kind, outcome: 'disposed', test: testName('opens it'), at: { file: HERE } },
    ])
    expect(await tracked.engines.close()).toEqual([])
  })

  test('that the test closes is no finding', async () => {
    const close = await opens(openIt)
    await close()
    expect(await tracked.engines.close()).toEqual([])
  })

  test('is counted where it is an engine, closed or not', async () => {
    const close = await opens(openIt)
    await close()
    expect(tracked.engines.counts().opened).toBe(kind === 'engine-left-open' ? 1 : 0)
  })
})

test('an agent that keeps no connection has nothing to end', async () => {
  const agent = new http.Agent()
  expect(agent.sockets).toEqual({})
  await Promise.resolve()
  expect(await tracked.engines.close()).toEqual([])
})

test('the agents that every process has are nobody’s', async () => {
  const server = await listening(createServer((_, response) => response.end('hello')))
  const { port } = server.address() as AddressInfo
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('hello')
  const [response] = (await once(http.get({ host: '127.0.0.1', port }), 'response')) as [http.IncomingMessage]
  await response.toArray()
  server.close()
  expect(await tracked.engines.close()).toEqual([])
})

test('what a test hands to engine() is one engine, by the name that it gives', async () => {
  const agent = new http.Agent({ keepAlive: true })
  tracked.engines.track(openEngine(agent, { name: 'ours' }, null))
  await Promise.resolve()
  expect(await tracked.engines.close()).toMatchObject([{ engine: 'ours' }])
  expect(tracked.engines.counts()).toEqual({ opened: 1, disposed: 1, left: 0 })
})

test('what is handed to engine() later keeps its place among the others', async () => {
  const agent = new http.Agent({ keepAlive: true })
  const other = new https.Agent({ keepAlive: true })
  await Promise.resolve()
  tracked.engines.track(openEngine(agent, { name: 'ours' }, null))
  expect(other.sockets).toEqual({})
  expect(await tracked.engines.close()).toMatchObject([{ engine: 'https.Agent' }, { engine: 'ours' }])
})

test('a descriptor is known by its number, with who opened it', () => {
  const fd = opens(() => openSync(HERE, 'r'))
  onTestFinished(() => fs.closeSync(fd))
  const opened = tracked.tracking.descriptors.get(fd)
  expect(opened?.opening.test).toEqual(testName('opens it'))
  expect(opened?.opening.at()?.file).toBe(HERE)
})

test('functions give what they give otherwise: an error, a callback, a path that is no text', async () => {
  expect(() => openSync('/nowhere/at/all', 'r')).toThrow('ENOENT')
  await expect(open('/nowhere/at/all')).rejects.toThrow('ENOENT')
  const opened = Promise.withResolvers<number>()
  const done = (error: unknown, fd: number): void => (error ? opened.reject(error) : opened.resolve(fd))
  fs.open(new URL(import.meta.url), 'r', done)
  const fd = await opened.promise
  fs.closeSync(fd)
  expect(tracked.tracking.descriptors.get(fd)?.path).toContain('track.test.ts')
  expect(() => (fs.open as (...args: unknown[]) => void)(HERE, 'r', undefined)).toThrow(
    'must be of type function',
  )
})

test('closing puts everything back as it was', () => {
  tracked.tracking.close()
  const { openSync: before } = fs
  const init: unknown = Reflect.get(EventEmitter, 'init')
  const again = trackEngines(enginesGuard(), clock)
  expect(fs.openSync).not.toBe(before)
  expect(Reflect.get(EventEmitter, 'init')).not.toBe(init)
  again.close()
  expect(fs.openSync).toBe(before)
  expect(Reflect.get(EventEmitter, 'init')).toBe(init)
})
