/** Threads of node:worker_threads. Node tells of each when it is made. */
import { watchMethod } from '../engine.ts'
import { call, read } from './kind.ts'
import type { EngineKind } from './kind.ts'

export const WORKER_MADE = 'worker_threads'

export const workerThread: EngineKind = {
  name: worker => `worker thread ${String(numbers.get(worker))}`,
  key: () => null,
  lives: () => true,
  begin(worker) {
    numbers.set(worker, read(worker, 'threadId'))
    terminated.set(worker, watchMethod(worker, 'terminate').called)
  },
  isOpen: worker => read(worker, 'threadId') !== -1 && terminated.get(worker)?.() !== true,
  ended: worker => new Promise(resolve => call(worker, 'once', 'exit', resolve)),
  dispose: worker => call(worker, 'terminate'),
  // esbuild, for one, keeps a thread as long as the process lives.
  needsUser: true,
}

/** A thread that has ended knows its number no more, and one that is ending does not say so. */
const numbers = new WeakMap<object, unknown>()
const terminated = new WeakMap<object, () => boolean>()
