import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { connectionsInTimeWait } from '../../../../src/guards/released/time-wait.ts'

test.runIf(process.platform === 'linux')(
  'a connection of which both sides are gone is counted by the port of its server',
  async () => {
    const server = createServer(socket => void socket.resume()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    expect(connectionsInTimeWait(new Set([port]))).toBe(0)
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    socket.end()
    await once(socket, 'close')
    server.close()
    await once(server, 'close')
    expect(connectionsInTimeWait(new Set([port]))).toBe(1)
    expect(connectionsInTimeWait(new Set())).toBe(0)
  },
)
