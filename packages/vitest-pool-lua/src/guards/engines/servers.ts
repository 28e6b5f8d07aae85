/**
 * Servers of node:net, tls, http, https and http2, from the moment when they listen: before that they hold nothing.
 * Node tells of each: https://nodejs.org/api/diagnostics_channel.html#tcp-and-pipe
 */
import { has } from './emitters.ts'
import type { EmitterKind } from './emitters.ts'
import { call, read, text } from './kind.ts'
import type { EngineKind } from './kind.ts'
import type { Opening } from './opening.ts'

export const SERVER_LISTENS = 'tracing:net.server.listen:asyncStart'

/** @param connections those of a server that are open */
export function serverKind(connections: (server: object) => Iterable<object>): EngineKind {
  return {
    name: server => `${nameOf(server)}${addressOf(server)}`,
    key: () => null,
    lives: () => true,
    isOpen: server => read(server, 'listening') === true,
    dispose: server =>
      new Promise<void>(resolve => {
        call(server, 'close', () => resolve())
        // It would wait for them, and a client that keeps its connection alive takes its time.
        for (const socket of connections(server)) call(socket, 'destroy')
      }),
  }
}

/** A server that does not listen yet. */
export const madeServer: EmitterKind = {
  fits: prototype => has(prototype, 'listen', 'address', 'getConnections', 'close'),
}

/** Frameworks listen in callbacks, where nobody is on the stack: then it is who had the server made. */
export function listenedOrMade(listened: Opening, made: Opening | undefined): Opening {
  if (made === undefined) return listened
  return { ...listened, at: () => listened.at() ?? made.at() }
}

function nameOf(server: object): string {
  const name = text(read(server, 'constructor', 'name'))
  if ('maxHeadersCount' in server) return 'setSecureContext' in server ? 'HTTPS server' : 'HTTP server'
  if (name.startsWith('Http2')) return 'HTTP/2 server'
  return 'setSecureContext' in server ? 'TLS server' : 'server'
}

function addressOf(server: object): string {
  const address = call(server, 'address')
  if (typeof address === 'string') return ` at ${address}`
  const port = read(address, 'port')
  return typeof port === 'number' ? ` on port ${port}` : ''
}
