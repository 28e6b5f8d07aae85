/** The watch thread, seen from where Lua runs: one for all states of a process, started when the first needs it. */
import { randomUUID } from 'node:crypto'
import { subscribe } from 'node:diagnostics_channel'
import { isMainThread, Worker } from 'node:worker_threads'
import { runningLua } from '../../../running-lua.ts'
import { onStuckCallsWanted, writeStuckCall } from '../../../stuck-calls.ts'
import type { Interruption, WatchThreadData } from './watch-thread-data.ts'
import { WatchedCalls } from './watched-calls.ts'

/** Runs inside of whatever runs at that moment, WebAssembly too. */
export type Press = () => void

export class Watch {
  readonly #calls = new WatchedCalls()
  readonly #presses: Press[] = []
  /** The descriptor to which they are told. */
  #stuckCalls: number | undefined

  constructor() {
    const channel = `vitest-pool-lua: ${randomUUID()}`
    subscribe(channel, told => this.#interrupt(told as readonly Interruption[]))
    onStuckCallsWanted(descriptor => (this.#stuckCalls = descriptor))
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

  /** Until then, and for ever where the thread does not start, limits have to be looked after by other means. */
  get ready(): boolean {
    return this.#calls.watched
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

  #interrupt(interruptions: readonly Interruption[]): void {
    for (const { call } of interruptions) this.#presses[call]?.()
    if (interruptions.some(({ isStuck }) => isStuck)) this.#tellStuckCall()
  }

  #tellStuckCall(): void {
    const [innermost] = runningLua()
    if (this.#stuckCalls === undefined || innermost === undefined) return
    writeStuckCall(this.#stuckCalls, innermost.runtime, innermost.frames)
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

/** None in a worker thread, which the inspector of Node does not reach, and where Node has none or forbids it. */
export function theWatch(): Watch | undefined {
  if (isMainThread && process.features.inspector && process.permission === undefined)
    started.watch ??= startWatch()
  return started.watch
}

function startWatch(): Watch | undefined {
  try {
    return new Watch()
  } catch {
    return undefined
  }
}
