/**
 * Every socket of this process that is open, whoever opened it, and those of each server.
 *
 * They are held weakly. An open one is kept by Node as long as it has its handle; and one that is closed is the
 * project's own to let go, with all that hangs on it: tests of memory count what is collected.
 */
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
  const sockets = new Set<WeakRef<object>>()
  // Who opened it goes with it: a stack holds the objects whose methods were running.
  const known = new WeakMap<object, OpenSocket>()
  const servers = new WeakSet<object>()
  const ports = new Set<number>()
  let keep = 64
  const open = (): OpenSocket[] => {
    const found: OpenSocket[] = []
    for (const ref of sockets) {
      const one = openOf(ref, known)
      if (one === undefined) sockets.delete(ref)
      else found.push(one)
    }
    keep = Math.max(64, sockets.size * 2)
    return found
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
      if (sockets.size >= keep) open()
      if (!known.has(one.socket)) sockets.add(new WeakRef(one.socket))
      known.set(one.socket, one)
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

function openOf(ref: WeakRef<object>, known: WeakMap<object, OpenSocket>): OpenSocket | undefined {
  const socket = ref.deref()
  return socket === undefined || read(socket, 'destroyed') === true ? undefined : known.get(socket)
}
