/** Every socket of this process that is open, whoever opened it, and those of each server. */
import type { TestName } from '../../protocol/finding.ts'
import { read } from './kind.ts'
import type { Opening } from './opening.ts'

export interface OpenSocket {
  readonly socket: object
  /** Null for one that a server took. */
  readonly opening: Opening | null
  readonly test: TestName | null
}

export interface OpenSockets {
  add(this: void, open: OpenSocket): void
  open(): OpenSocket[]
  of(this: void, server: object): object[]
  /** Of the servers that have had a connection. */
  readonly ports: ReadonlySet<number>
}

export function openSockets(): OpenSockets {
  const sockets = new Map<object, OpenSocket>()
  const servers = new WeakSet<object>()
  const ports = new Set<number>()
  let keep = 64
  const forgetClosed = (): void => {
    for (const socket of sockets.keys()) if (read(socket, 'destroyed') === true) sockets.delete(socket)
    keep = Math.max(64, sockets.size * 2)
  }
  const open = (): OpenSocket[] => {
    forgetClosed()
    return [...sockets.values()]
  }
  /** Asking for it is a call into the system: once for each server. */
  const notePort = (socket: object): void => {
    const server = read(socket, 'server')
    if (typeof server !== 'object' || server === null || servers.has(server)) return
    servers.add(server)
    const port = read(socket, 'localPort')
    if (typeof port === 'number') ports.add(port)
  }
  return {
    add(one) {
      if (sockets.size >= keep) forgetClosed()
      sockets.set(one.socket, one)
      notePort(one.socket)
    },
    open,
    ports,
    of: server =>
      open()
        .map(({ socket }) => socket)
        .filter(socket => read(socket, 'server') === server),
  }
}
