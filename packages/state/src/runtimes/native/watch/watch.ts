/** The watch thread, seen from where Lua runs: one for all states of a process, started when the first needs it. */
import { Worker } from 'node:worker_threads'
import { CallsSide } from './board.ts'
import type { WatchedRuntime } from './watched-runtime.ts'

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
  }

  /** Gives the number of the runtime. */
  tell(runtime: Omit<WatchedRuntime, 'number'>): number {
    const number = this.#runtimes++
    this.#worker.postMessage({ ...runtime, number } satisfies WatchedRuntime, [])
    return number
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
