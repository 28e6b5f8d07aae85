import { once } from 'node:events'
import { createServer as createWebServer } from 'node:http'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { trackedEngines } from './tracked.ts'

const HERE = fileURLToPath(import.meta.url)

const tracked = trackedEngines()

test('a server is disposed although a client keeps its connection', async () => {
  const server = createServer(socket => void socket.on('error', () => {})).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => {})
  await Promise.all([once(client, 'connect'), once(server, 'connection')])

  const discoveries = await tracked.engines.close()

  expect(discoveries.map(({ kind }) => kind)).toEqual(['handle-left-open', 'engine-left-open'])
  expect(server.listening).toBe(false)
  expect(tracked.tracking.sockets.of(server)).toEqual([])
})

test('a server that does not listen holds nothing', async () => {
  createWebServer()
  await Promise.resolve()
  expect(tracked.engines.counts().opened).toBe(0)
})

test('a server that listens in a callback, with nobody on the stack, is of the line that made it', async () => {
  const server = createServer()
  const made = lineAbove()
  // No function of this file is on the stack then.
  const listen = server.listen.bind(server) as (port: number, host: string) => void
  setImmediate(listen, 0, '127.0.0.1')
  await once(server, 'listening')
  expect(await tracked.engines.close()).toMatchObject([
    { kind: 'engine-left-open', at: { file: HERE, line: made } },
  ])
})

/** The line before the one that calls this. */
function lineAbove(): number {
  return Number(/:(\d+):\d+\)?$/.exec(String(new Error('here').stack).split('\n')[2] ?? '')?.[1]) - 1
}
