/**
 * A queue `paint` and what works on it, on any Redis, with a clock that only moves when told.
 *
 *     const workshop = openWorkshop(redis)
 *     await workshop.queue.add('wall', { colour: 'red' })
 *     const job = await workshop.take()
 *     await workshop.keys()   // what is in Redis now
 */
import { FlowProducer, type Job, Queue, Worker } from 'bullmq'
import { vi } from 'vitest'
import { backendFor } from '../src/bullmq-backend.ts'
import type { Redis } from '../src/redis.ts'
import { type Dump, dump } from './dump.ts'

export const NOW = Date.UTC(2030, 0, 1)

/** Locks a job for the worker of the tests. */
export const TOKEN = 'token-of-the-worker'

export interface Workshop {
  readonly queue: Queue
  readonly worker: Worker
  readonly flows: FlowProducer
  readonly redis: Redis
  /** The next job, now active and locked. Throws if there is none. */
  readonly take: () => Promise<Job>
  /** The next job, if there is one. */
  readonly tryToTake: () => Promise<Job | undefined>
  readonly passTime: (ms: number) => void
  readonly keys: () => Promise<Dump>
}

export function openWorkshop(redis: Redis): Workshop {
  vi.setSystemTime(NOW)
  const backend = backendFor(redis)
  const connection = {}
  const queue = new Queue('paint', { connection, skipMetasUpdate: true }, backend)
  const worker = new Worker('paint', undefined, { connection, autorun: false, name: 'painter' }, backend)
  const flows = new FlowProducer({ connection }, backend)
  const tryToTake = (): Promise<Job | undefined> => worker.getNextJob(TOKEN, { block: false })
  return {
    queue,
    worker,
    flows,
    redis,
    tryToTake,
    take: async () => (await tryToTake()) ?? Promise.reject(new Error('no job waits')),
    passTime: ms => vi.setSystemTime(Date.now() + ms),
    keys: () => dump(redis),
  }
}
