/** What Node tells of itself, on its diagnostics channels: servers, sockets, threads. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { orElse, read } from './kind.ts'
import type { OpenSockets } from './open-sockets.ts'
import type { Opening } from './opening.ts'
import type { Register } from './register.ts'
import { listenedOrMade, serverKind, SERVER_LISTENS } from './servers.ts'
import { CLIENT_SOCKET, clientSocket, isWrapped, SERVER_SOCKET } from './sockets.ts'
import { WORKER_MADE, workerThread } from './worker-threads.ts'

type Heard = (message: unknown) => void

/**
 * @param made who had a server made
 * @returns ends it
 */
export function watchChannels(
  register: Register,
  sockets: OpenSockets,
  made: (server: object) => Opening | undefined,
): () => void {
  const server = serverKind(sockets.of)
  const heard: Readonly<Record<string, Heard>> = {
    [SERVER_LISTENS]: function listens(message) {
      withObject(message, 'server', value =>
        register.add(server, value, listenedOrMade(register.opening(listens), made(value))),
      )
    },
    [WORKER_MADE]: function starts(message) {
      withObject(message, 'worker', value => register.add(workerThread, value, register.opening(starts)))
    },
    [CLIENT_SOCKET]: function connects(message) {
      withObject(message, 'socket', value => {
        const opening = register.opening(connects)
        sockets.add({ socket: value, opening, test: opening.test })
        if (!isWrapped(value, opening)) register.add(clientSocket, value, opening)
      })
    },
    [SERVER_SOCKET]: message =>
      withObject(message, 'socket', socket =>
        // It comes in the context of who began to listen.
        sockets.add({ socket, opening: null, test: register.test() }),
      ),
  }
  for (const [name, listener] of Object.entries(heard)) subscribe(name, listener)
  return () => {
    for (const [name, listener] of Object.entries(heard)) unsubscribe(name, listener)
  }
}

function withObject(message: unknown, name: string, work: (value: object) => void): void {
  const value = read(message, name)
  // What a listener throws would be an uncaught error of the test.
  if (typeof value === 'object' && value !== null) orElse(() => work(value), undefined)
}
