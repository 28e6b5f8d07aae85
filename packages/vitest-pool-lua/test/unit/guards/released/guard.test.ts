import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import { once } from 'node:events'
import { createServer as createWebServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { createTestClock } from '../../../../src/guards/current-test.ts'
import { enginesGuard } from '../../../../src/guards/engines.ts'
import { trackEngines } from '../../../../src/guards/engines/track.ts'
import type { Tracking } from '../../../../src/guards/engines/track.ts'
import type { CurrentTest } from '../../../../src/guards/current-test.ts'
import { releasedGuards } from '../../../../src/guards/released/guard.ts'
import type { ReleasedGuardsOptions } from '../../../../src/guards/released/guard.ts'
import { currentTest, testName } from '../../samples.ts'

const HERE = fileURLToPath(import.meta.url)
const clock = createTestClock(1_000)
let tracking: Tracking

beforeEach(() => {
  tracking = trackEngines(enginesGuard(), clock)
})

afterEach(() => tracking.close())

/** Both, one after the other, as a file closes them. */
function guardsOf(options: ReleasedGuardsOptions) {
  const { descriptors, released } = releasedGuards(options)
  return {
    afterTest: (of: CurrentTest) => descriptors.afterTest?.(of, true),
    close: async () => [...(await descriptors.close()), ...(await released.close())],
  }
}

describe.runIf(process.platform === 'linux')('on Linux', () => {
  test('a descriptor that a test leaves open is closed, and named with its test and its line', async () => {
    const guard = guardsOf({ tracking, settle: 1_000 })
    const opens = currentTest('opens it')
    const fd = clock.within(opens, () => openSync(HERE, 'r'))
    guard.afterTest(opens)
    expect(await guard.close()).toMatchObject([
      {
        kind: 'descriptor-left-open',
        descriptor: fd,
        target: HERE,
        outcome: 'closed',
        test: testName('opens it'),
        at: { file: HERE },
      },
    ])
    expect(() => closeSync(fd)).toThrow('EBADF')
  })

  test('one that nobody is seen to open is named with the test during which it came, and left alone', async () => {
    tracking.close()
    const guard = guardsOf({ tracking, settle: 1_000 })
    const fd = openSync(HERE, 'r')
    onTestFinished(() => closeSync(fd))
    guard.afterTest(currentTest('opens it'))
    expect(await guard.close()).toMatchObject([
      { descriptor: fd, outcome: 'open', test: testName('opens it'), at: null },
    ])
  })

  test('a file that another thread reads just now is no finding', async () => {
    const guard = guardsOf({ tracking, settle: 1_000 })
    // It has one file open all the time, and none for long; and the program itself.
    const thread = new Worker(
      `const fs = require('node:fs')
      fs.openSync(process.execPath)
      const files = fs.readdirSync('/etc').filter(name => fs.statSync('/etc/' + name).isFile())
      require('node:worker_threads').parentPort.postMessage('begins')
      for (let i = 0; ; i++) { const fd = fs.openSync('/etc/' + files[i % files.length]); for (let n = 0; n < 1e5; n++); fs.closeSync(fd) }`,
      { eval: true },
    )
    onTestFinished(async () => void (await thread.terminate()))
    await once(thread, 'message')
    expect(await guard.close()).toEqual([])
  })

  test('the streams of a process that goes on are no finding, and not waited for', async () => {
    const guard = guardsOf({ tracking, settle: 60_000 })
    const child = spawn('cat')
    onTestFinished(() => void child.kill())
    await once(child, 'spawn')
    expect(await guard.close()).toEqual([])
    expect(child.exitCode).toBeNull()
  })

  test('those that one line opens in a loop are one finding', async () => {
    const guard = guardsOf({ tracking, settle: 1_000 })
    const opened = [1, 2, 3].map(() => openSync(HERE, 'r'))
    const found = await guard.close()
    expect(found).toMatchObject([{ descriptor: opened[0], outcome: 'closed' }])
    expect(found[0]?.text).toMatch(
      /^3 descriptors, from \d+ on, \(.*guard\.test\.ts\) were left open and were closed/,
    )
    for (const fd of opened) expect(() => closeSync(fd)).toThrow('EBADF')
  })

  test('what was open before, and what is closed again, is no finding', async () => {
    const before = openSync(HERE, 'r')
    onTestFinished(() => closeSync(before))
    const guard = guardsOf({ tracking, settle: 1_000 })
    const fd = openSync(HERE, 'r')
    guard.afterTest(currentTest('opens it'))
    closeSync(fd)
    expect(await guard.close()).toEqual([])
  })

  test('the number of a closed descriptor, used again, is the next test’s', async () => {
    const guard = guardsOf({ tracking, settle: 1_000 })
    const first = openSync(HERE, 'r')
    guard.afterTest(currentTest('closes it later'))
    closeSync(first)
    const second = openSync('/dev/zero', 'r')
    expect(second).toBe(first)
    guard.afterTest(currentTest('leaves it'))
    expect(await guard.close()).toMatchObject([{ target: '/dev/zero', test: testName('leaves it') }])
  })
})

test('a connection that is being closed is waited for, and no finding', async () => {
  const server = createServer(socket => void socket.on('error', () => {}).resume())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  await once(socket, 'connect')
  const guard = guardsOf({ tracking, settle: 30_000 })

  socket.end()
  server.close()

  expect(await guard.close()).toEqual([])
  expect(tracking.sockets.open()).toEqual([])
})

test('one that nobody closes is broken off when the time is over, and told by the end that was opened', async () => {
  const server = createServer(socket => void socket.on('error', () => {}))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => {})
  await Promise.all([once(socket, 'connect'), once(server, 'connection')])
  server.close()

  const discoveries = await guardsOf({ tracking, settle: 20 }).close()

  expect(discoveries.map(({ kind, text }) => `${kind}: ${text.split(' ')[0]}`)).toEqual([
    'handle-left-open: socket',
  ])
  expect(socket.destroyed).toBe(true)
  expect(tracking.sockets.open()).toEqual([])
})

test('a connection whose other end is in another process is told by itself', async () => {
  const server = createServer(socket => void socket.on('error', () => {})).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const child = spawn(process.execPath, ['-e', `require('net').connect(${port}, '127.0.0.1')`])
  onTestFinished(() => void child.kill())
  await once(server, 'connection')
  server.close()
  const found = await guardsOf({ tracking, settle: 10 }).close()
  expect(found.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^connection from 127\.0\.0\.1:\d+ was/),
  ])
})

test('a WebSocket that is left open is no connection for the next request', async () => {
  const server = createWebServer().on('upgrade', accept)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const webSocket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  await once(webSocket, 'open')
  const found = await guardsOf({ tracking, settle: 10 }).close()
  expect(found.map(({ kind, text }) => `${kind}: ${text.split(' ')[0]}`)).toEqual([
    'handle-left-open: socket',
  ])
  server.close()
})

/** https://datatracker.ietf.org/doc/html/rfc6455#section-4.2.2 */
function accept({ headers }: IncomingMessage, socket: Duplex): void {
  const key = `${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`
  const lines = ['HTTP/1.1 101 Switching Protocols', 'Connection: Upgrade', 'Upgrade: websocket']
  const answer = `Sec-WebSocket-Accept: ${createHash('sha1').update(key).digest('base64')}`
  socket.write([...lines, answer, '', ''].join('\r\n'))
}
