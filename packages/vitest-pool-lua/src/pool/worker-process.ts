/**
 * One worker, as Vitest's pool wants to hold it: it sends and hears messages, and asks for an end.
 *
 * Behind it stands the run of one file (file-run.ts), which may take several processes.
 * https://github.com/vitest-dev/vitest/blob/v5.1.1/packages/vitest/src/node/pools/poolRunner.ts
 */
import { EventEmitter } from 'node:events'
import type { Settings } from '../protocol/settings.ts'
import { FileRun } from './file/file-run.ts'
import type { Run } from './run.ts'
import type { PoolOptions, PoolWorker, WorkerRequest } from './upstream.ts'

export interface WorkerProcessOptions {
  readonly name: string
  readonly options: PoolOptions
  readonly settings: Settings
  readonly run: Run
}

export class WorkerProcess implements PoolWorker {
  readonly name: string
  /** The worker reads transformed modules from files: they need not cross the channel. */
  readonly cacheFs = true

  readonly #events = new EventEmitter()
  readonly #fileRun: FileRun

  constructor({ name, ...given }: WorkerProcessOptions) {
    this.name = name
    this.#fileRun = new FileRun({ ...given, emit: (event, value) => this.#events.emit(event, value) })
  }

  on(event: string, listener: (...args: unknown[]) => void): void {
    this.#events.on(event, listener)
  }

  off(event: string, listener: (...args: unknown[]) => void): void {
    this.#events.off(event, listener)
  }

  deserialize(data: unknown): unknown {
    return data
  }

  async start(): Promise<void> {
    this.#fileRun.begin()
  }

  send(message: WorkerRequest): void {
    this.#fileRun.send(message)
  }

  async stop(): Promise<void> {
    await this.#fileRun.stop()
  }
}
