/**
 * One worker process, as Vitest's pool wants to hold it: it forwards messages
 * both ways, ends the process, and sweeps what the process left behind.
 *
 * Vitest waits 60 s for the answer to `stop` and has stopped listening for the
 * exit by then; so the answer is given here when the process is gone.
 * https://github.com/vitest-dev/vitest/blob/v5.1.1/packages/vitest/src/node/pools/poolRunner.ts
 */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { fileURLToPath } from 'node:url'
import { InvariantError } from '../errors.ts'
import { fileKey } from '../protocol/file-report.ts'
import { judge } from '../protocol/judge.ts'
import { FILE_COOKIE, RUN_COOKIE, isWorkerMessage } from '../protocol/message.ts'
import type { Boot } from '../protocol/message.ts'
import type { Settings } from '../protocol/settings.ts'
import { endProcess, exitOf, forwardOutput } from './child.ts'
import type { Output } from './child.ts'
import type { Run } from './run.ts'
import { sweepFile } from './sweep-run.ts'
import type { PoolOptions, PoolWorker, WorkerRequest } from './upstream.ts'

export interface WorkerProcessOptions {
  readonly name: string
  readonly options: PoolOptions
  readonly settings: Settings
  readonly run: Run
}

const ENTRY = fileURLToPath(new URL('../worker/entry.js', import.meta.url))
const STOPPED = { type: 'stopped', __vitest_worker_response__: true }

export class WorkerProcess implements PoolWorker {
  readonly name: string
  /** The worker reads transformed modules from files: they need not cross the channel. */
  readonly cacheFs = true

  readonly #given: WorkerProcessOptions
  readonly #boot: Boot
  readonly #events = new EventEmitter()
  #child: Running | undefined
  #file: string | undefined
  #stopping = false

  constructor(given: WorkerProcessOptions) {
    this.name = given.name
    this.#given = given
    this.#boot = bootOf(given)
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
    const { options, run } = this.#given
    const { logger } = options.project.vitest
    const process = fork(ENTRY, [JSON.stringify(this.#boot)], {
      env: { ...options.env, [RUN_COOKIE]: run.id, [FILE_COOKIE]: this.#boot.fileCookie },
      execArgv: options.execArgv,
      stdio: 'pipe',
      serialization: 'advanced',
    })
    process.on('message', message => this.#hear(message))
    process.on('error', error => this.#events.emit('error', error))
    const output = forwardOutput(process, logger.outputStream, logger.errorStream)
    this.#child = { process, gone: this.#watchEnd(process), output }
    run.busy(this.#child.gone)
  }

  send(message: WorkerRequest): void {
    if (message.type === 'run') this.#begin(message.context.files[0]?.filepath ?? '')
    if (message.type === 'stop') this.#stopping = true
    const { process, gone } = this.#running()
    if (process.connected) process.send(message, error => error && this.#sendFailed(error))
    else if (message.type === 'stop') void gone.then(() => this.#events.emit('message', STOPPED))
  }

  async stop(): Promise<void> {
    const { process, gone, output } = this.#running()
    this.#stopping = true
    await endProcess(process, gone)
    await output.drain()
  }

  /** Whatever ends the process: what it left is swept before anyone hears of the end. */
  async #watchEnd(process: ChildProcess): Promise<void> {
    const { code, signal } = await exitOf(process)
    await this.#sweep()
    if (this.#stopping) this.#events.emit('message', STOPPED)
    else this.#events.emit('exit', code, signal)
  }

  #begin(file: string): void {
    const { run, options } = this.#given
    this.#file = fileKey(options.project.name, file)
    run.late.delete(this.#file)
  }

  async #sweep(): Promise<void> {
    const { run, settings } = this.#given
    const found = judge(await sweepFile(run, this.#boot.fileCookie, settings), settings)
    if (this.#file !== undefined && found.length > 0) run.late.set(this.#file, found)
  }

  #hear(message: unknown): void {
    if (!isWorkerMessage(message)) this.#events.emit('message', message)
    else this.#given.run.kept.add(message.pid)
  }

  /** A process that is dying is told of by its exit, which knows more than the broken pipe does. */
  #sendFailed(error: Error): void {
    const { exitCode, signalCode, connected } = this.#running().process
    if (connected && exitCode === null && signalCode === null) this.#events.emit('error', error)
  }

  #running(): Running {
    if (this.#child !== undefined) return this.#child
    throw new InvariantError('Vitest spoke to a worker that it had not started')
  }
}

interface Running {
  readonly process: ChildProcess
  /** Settles when the process is gone and swept. */
  readonly gone: Promise<void>
  readonly output: Output
}

/** V8's coverage cannot be had from cached code: Vitest 5 turns the cache off by itself, 4.1 does not know it. */
function bootOf({ options, run, settings }: WorkerProcessOptions): Boot {
  const { enabled, provider } = options.project.vitest.config.coverage
  return {
    distPath: options.distPath,
    run: run.id,
    fileCookie: run.nextFileCookie(),
    compileCache: !enabled || provider === 'istanbul',
    settings,
  }
}
