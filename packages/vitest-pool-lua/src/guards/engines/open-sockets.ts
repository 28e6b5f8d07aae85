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
}

export function openSockets(): OpenSockets {
  const sockets = new Map<object, OpenSocket>()
  let keep = 64
  const forgetClosed = (): void => {
    for (const socket of sockets.keys()) if (read(socket, 'destroyed') === true) sockets.delete(socket)
    keep = Math.max(64, sockets.size * 2)
  }
  const open = (): OpenSocket[] => {
    forgetClosed()
    return [...sockets.values()]
  }
  return {
    add(one) {
      if (sockets.size >= keep) forgetClosed()
      sockets.set(one.socket, one)
    },
    open,
    of: server =>
      open()
        .map(({ socket }) => socket)
        .filter(socket => read(socket, 'server') === server),
  }
}
