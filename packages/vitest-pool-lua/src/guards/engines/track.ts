/**
 * Tracks engines without a line of the user's code.
 *
 *     const tracking = trackEngines(engines, clock)
 *     // ... the file runs; what opens goes to engines.track() with its line and its test ...
 *     tracking.close()
 *
 * There are three ways to see something open: emitters as they are made, what Node tells of on its diagnostics
 * channels, and a few functions that are replaced. All is taken back by close().
 */
import type { TestClock } from '../current-test.ts'
import type { EnginesGuard } from '../engines.ts'
import { httpAgent, undici } from './agents.ts'
import { watchChannels } from './channels.ts'
import { watchEmitters } from './emitters.ts'
import { fileHandle, rememberPath } from './file-handles.ts'
import { fileStream } from './file-streams.ts'
import { watchFsOpens } from './fs-opens.ts'
import { watchModules } from './modules.ts'
import { openSockets } from './open-sockets.ts'
import type { OpenSockets } from './open-sockets.ts'
import type { Opening } from './opening.ts'
import { pgClient, pgPool } from './pg.ts'
import { ioredis, redis, redisSentinel } from './redis.ts'
import { registerFor } from './register.ts'
import { madeServer } from './servers.ts'
import { udpSocket } from './sockets.ts'
import { chokidar, fsWatcher, statWatcher } from './watchers.ts'

const EMITTERS = [
  pgPool,
  pgClient,
  ioredis,
  redisSentinel,
  redis,
  undici,
  httpAgent,
  udpSocket,
  chokidar,
  fsWatcher,
  statWatcher,
  fileStream,
]

/** A descriptor that `fs.open` or `fs.openSync` gave: maybe closed again, and its number used for something else. */
export interface OpenedDescriptor {
  readonly path: string
  readonly opening: Opening
}

export interface Tracking {
  readonly sockets: OpenSockets
  /** By number: the last that was opened. */
  readonly descriptors: ReadonlyMap<number, OpenedDescriptor>
  close(): void
}

export function trackEngines(engines: EnginesGuard, clock: TestClock): Tracking {
  const register = registerFor(engines, clock)
  const sockets = openSockets()
  const descriptors = new Map<number, OpenedDescriptor>()
  const servers = new WeakMap<object, Opening>()
  const emitters = watchEmitters(
    [
      {
        fits: madeServer.fits,
        made: (server: object, opening: Opening) => void servers.set(server, opening),
      },
      ...EMITTERS.map(kind => ({
        fits: kind.fits,
        made: (emitter: object, opening: Opening) => register.add(kind, emitter, opening),
      })),
    ],
    (emitter, kind, below) => kind.made(emitter, register.opening(below, emitter)),
  )
  const undo = [
    emitters.close,
    watchChannels(register, sockets, server => servers.get(server)),
    watchModules(register),
    watchFsOpens({
      began: register.opening,
      descriptor: (fd, path, opening) => void descriptors.set(fd, { path, opening }),
      handle(handle, path, opening) {
        rememberPath(handle, path)
        register.add(fileHandle, handle, opening)
      },
    }),
  ]
  return {
    sockets,
    descriptors,
    close() {
      for (const end of undo.toReversed()) end()
    },
  }
}
