/**
 * Servers of node:net, tls, http, https and http2, from the moment when they listen: before that they hold nothing.
 * Node tells of each: https://nodejs.org/api/diagnostics_channel.html#tcp-and-pipe
 */
import { call, read, text } from './kind.ts'
import type { EngineKind } from './kind.ts'

export const SERVER_LISTENS = 'tracing:net.server.listen:asyncStart'

/** @param connections those of a server that are open */
export function serverKind(connections: (server: object) => Iterable<object>): EngineKind {
  return {
    name: server => `${nameOf(server)}${addressOf(server)}`,
    key: () => null,
    isOpen: server => read(server, 'listening') === true,
    dispose: server =>
      new Promise<void>(resolve => {
        call(server, 'close', () => resolve())
        // It would wait for them, and a client that keeps its connection alive takes its time.
        for (const socket of connections(server)) call(socket, 'destroy')
      }),
  }
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
