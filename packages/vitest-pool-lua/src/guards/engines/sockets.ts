/**
 * Sockets: TCP, pipes and TLS by node:net's own account, UDP by its class.
 *
 * One that a test opens itself is a handle like any other. One that a library or an agent opens is closed with that;
 * it is only counted, so that the end of a file can wait until it is gone.
 */
import { watchMethod } from '../engine.ts'
import { has } from './emitters.ts'
import type { EmitterKind } from './emitters.ts'
import { call, read, text } from './kind.ts'
import type { EngineKind } from './kind.ts'
import type { Opening } from './opening.ts'

export const CLIENT_SOCKET = 'net.client.socket'
export const SERVER_SOCKET = 'net.server.socket'

export const clientSocket: EngineKind = {
  name: socket => `socket to ${peerOf(socket)}`,
  key: () => null,
  lives: () => true,
  found: 'handle',
  // One that has said its last, or heard it, closes by itself.
  isOpen: socket =>
    read(socket, 'destroyed') !== true &&
    read(socket, 'writableEnded') !== true &&
    read(socket, 'readableEnded') !== true,
  dispose: socket => call(socket, 'destroy'),
  // Libraries close their own when they are closed; agents keep theirs.
  inner: /[\\/]node_modules[\\/]|node:_http_|node:internal[\\/](?:deps|http2)/,
  needsUser: true,
}

/** `tls.connect` makes two: the one with the cipher stands for both. */
export function isWrapped(socket: object, opening: Opening): boolean {
  return read(socket, 'encrypted') !== true && opening.through(/node:_tls_wrap/)
}

const closed = new WeakMap<object, () => boolean>()

export const udpSocket: EngineKind & EmitterKind = {
  fits: prototype => has(prototype, 'bind', 'send', 'addMembership', 'close', 'setBroadcast'),
  name: () => 'UDP socket',
  key: () => null,
  found: 'handle',
  begin: socket => void closed.set(socket, watchMethod(socket, 'close').called),
  // Before it is bound, it holds nothing.
  isOpen: socket => closed.get(socket)?.() !== true && isBound(socket),
  dispose: socket => call(socket, 'close'),
}

function isBound(socket: object): boolean {
  try {
    return call(socket, 'address') !== undefined
  } catch {
    return false
  }
}

export function peerOf(socket: object): string {
  const host = text(read(socket, 'remoteAddress')) || text(read(socket, '_host'))
  const port = text(read(socket, 'remotePort'))
  if (port !== '') return `${host.includes(':') ? `[${host}]` : host}:${port}`
  return host === '' ? 'a server' : host
}
