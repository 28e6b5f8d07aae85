/** The watch thread, seen from where Lua runs: one for all states of a process, started when the first needs it. */
import { randomUUID } from 'node:crypto'
import { subscribe } from 'node:diagnostics_channel'
import { isMainThread, Worker } from 'node:worker_threads'
import { greeting, type WatchThreadData } from './watch-thread-data.ts'
import { WatchedCalls } from './watched-calls.ts'

/** Runs inside of whatever runs at that moment, WebAssembly too. */
export type Press = () => void

export class Watch {
  readonly #calls = new WatchedCalls()
  readonly #presses: Press[] = []
  #ready = false

  constructor() {
    const channel = `vitest-pool-lua: ${randomUUID()}`
    subscribe(channel, message => this.#told(message as number))
    const data: WatchThreadData = { shared: this.#calls.shared, channel }
    const worker = new Worker(threadModule, {
      name: 'vitest-pool-lua: limits of Lua calls',
      workerData: data,
      env: {},
      execArgv: threadFlags,
    })
    worker.on('error', () => {})
    worker.unref()
  }

  /** Until then, and for ever where the thread can't do its work, limits have to be looked after by other means. */
  get ready(): boolean {
    return this.#ready
  }

  /** Calls nest. `press` may come several times, and a little too early. */
  begin(limit: number, press: Press): void {
    this.#presses.push(press)
    this.#calls.begin(limit)
  }

  end(): void {
    this.#calls.end()
    this.#presses.pop()
  }

  #told(index: number): void {
    if (index === greeting) this.#ready = true
    else this.#presses[index]?.()
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
const started: { watch?: Watch | undefined } = {}

/** None in a worker thread, which the inspector of Node does not reach. */
export function theWatch(): Watch | undefined {
  if (isMainThread) started.watch ??= startWatch()
  return started.watch
}

function startWatch(): Watch | undefined {
  try {
    return new Watch()
  } catch {
    return undefined
  }
}
