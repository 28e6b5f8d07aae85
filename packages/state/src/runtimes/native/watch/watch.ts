/** The watch thread, seen from where Lua runs: one for all states of a process, started when the first needs it. */
import { Worker } from 'node:worker_threads'
import { CallsSide } from './board.ts'
import { onStuckCallsWanted } from '../../../stuck-calls.ts'
import type { WatchedRuntime, WatchMessage } from './watched-runtime.ts'

export class Watch {
  readonly calls = new CallsSide()
  readonly #worker: Worker
  #runtimes = 0

  constructor() {
    this.#worker = new Worker(threadModule, {
      name: 'vitest-pool-lua: limits of Lua calls',
      workerData: this.calls.shared,
      env: {},
      execArgv: threadFlags,
    })
    this.#worker.unref()
    onStuckCallsWanted(descriptor => this.#post({ kind: 'stuck-calls', descriptor }))
  }

  /** Gives the number of the runtime. */
  tell(runtime: Omit<WatchedRuntime, 'number'>): number {
    const number = this.#runtimes++
    this.#post({ kind: 'runtime', runtime: { ...runtime, number } })
    return number
  }

  #post(message: WatchMessage): void {
    this.#worker.postMessage(message, [])
  }
}

const isSource = import.meta.url.endsWith('.ts')
const threadModule = new URL(`./thread${isSource ? '.ts' : '.js'}`, import.meta.url)
/** The sources run where Node strips types, before 22.18 only when told to. */
const threadFlags =
  isSource && !process.features.typescript
    ? ['--experimental-strip-types', '--disable-warning=ExperimentalWarning']
    : []

/** Set once. */
let watch: Watch | undefined

export function theWatch(): Watch {
  watch ??= new Watch()
  return watch
}
