/** Watchers of files: `fs.watch`, `fs.watchFile`, and chokidar, which uses them. */
import { watchMethod } from '../engine.ts'
import { has } from './emitters.ts'
import type { EmitterKind } from './emitters.ts'
import { call, read } from './kind.ts'
import type { EngineKind } from './kind.ts'

const isClosed = new WeakMap<object, () => boolean>()

const shared = {
  key: () => null,
  found: 'handle',
  begin: (watcher: object) => void isClosed.set(watcher, watchMethod(watcher, 'close').called),
  isOpen: (watcher: object) => isClosed.get(watcher)?.() !== true,
  dispose: (watcher: object) => call(watcher, 'close'),
} as const

export const chokidar: EngineKind & EmitterKind = {
  ...shared,
  fits: prototype => has(prototype, 'add', 'unwatch', 'getWatched', 'close'),
  name: () => 'chokidar watcher',
}

export const fsWatcher: EngineKind & EmitterKind = {
  ...shared,
  fits: prototype => nameOf(prototype) === 'FSWatcher' && has(prototype, 'close', 'ref', 'unref'),
  name: () => 'file watcher (fs.watch)',
  inner: /[\\/]chokidar[\\/]|recursive_watch/,
}

export const statWatcher: EngineKind & EmitterKind = {
  ...shared,
  fits: prototype => nameOf(prototype) === 'StatWatcher' && has(prototype, 'stop', 'ref', 'unref'),
  name: () => 'file watcher (fs.watchFile)',
  begin: watcher => void isClosed.set(watcher, watchMethod(watcher, 'stop').called),
  dispose: watcher => call(watcher, 'stop'),
  inner: /[\\/]chokidar[\\/]/,
}

function nameOf(prototype: object): unknown {
  return read(Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value, 'name')
}
