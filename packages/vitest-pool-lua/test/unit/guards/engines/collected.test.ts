import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { createServer, get } from 'node:http'
import { connect, createServer as createSocketServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { trackedEngines } from './tracked.ts'

const tracked = trackedEngines()

async function collectAll(): Promise<void> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  for (let round = 0; round < 10; round++) {
    await nextTurn()
    collect()
  }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

test('what a request left to nobody is collected: its socket, its agent, and the request on the server', async () => {
  const seen: WeakRef<object>[] = []
  const server = createServer((request, response) => {
    seen.push(new WeakRef(request), new WeakRef(request.socket))
    response.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  await askOnce(portOf(server), seen)
  await collectAll()
  expect(seen.map(ref => ref.deref())).toEqual(seen.map(() => undefined))
  expect(seen).toHaveLength(4)
  server.close()
})

async function askOnce(port: number, seen: WeakRef<object>[]): Promise<void> {
  const request = get({ port, host: '127.0.0.1', agent: false })
  seen.push(new WeakRef(request))
  request.on('response', response => response.resume())
  await once(request, 'close')
  seen.push(new WeakRef(request.socket as object))
}

test('a server and a thread that have ended are collected', async () => {
  const seen = await openAndEnd()
  await collectAll()
  expect(seen.map(ref => ref.deref())).toEqual([undefined, undefined])
  expect(await tracked.engines.close()).toEqual([])
})

async function openAndEnd(): Promise<WeakRef<object>[]> {
  const server = createSocketServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  server.close()
  await once(server, 'close')
  const worker = new Worker('', { eval: true })
  await once(worker, 'exit')
  return [new WeakRef(server), new WeakRef(worker)]
}

test('of many that were closed few are held, and what is open is', async () => {
  const seen: WeakRef<object>[] = []
  await open(import.meta.filename)
  for (let n = 0; n < 400; n++) await openAndClose(seen)
  await collectAll()
  expect(seen.filter(ref => ref.deref() !== undefined).length).toBeLessThan(100)
  const found = await tracked.engines.close()
  expect(found.map(({ text }) => text.split(' was')[0])).toEqual([
    expect.stringMatching(/^file handle of .*collected\.test\.ts$/),
  ])
})

async function openAndClose(seen: WeakRef<object>[]): Promise<void> {
  const handle = await open(import.meta.filename)
  seen.push(new WeakRef(handle))
  await handle.close()
}

test('what is open, and held by nobody but Node, is found and named all the same', async () => {
  await openAndForget()
  await collectAll()
  const found = await tracked.engines.close()
  expect(found.map(({ kind }) => kind)).toEqual(['engine-left-open', 'handle-left-open', 'engine-left-open'])
  expect(found.map(discovery => 'at' in discovery && discovery.at !== null)).toEqual([true, true, true])
  expect(tracked.tracking.sockets.open()).toEqual([])
})

async function openAndForget(): Promise<void> {
  const server = createSocketServer(socket => void socket.on('error', () => {})).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = connect(portOf(server), '127.0.0.1').on('error', () => {})
  await Promise.all([once(client, 'connect'), once(server, 'connection')])
  const worker = new Worker('setInterval(() => {}, 1000)', { eval: true })
  await once(worker, 'online')
}
