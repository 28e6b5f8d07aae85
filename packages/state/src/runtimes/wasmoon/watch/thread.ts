/**
 * The watch thread of a process: interrupts calls into Lua that are over their limit.
 *
 * WebAssembly that runs can be interrupted only by the inspector of its own process: what it is asked to evaluate runs
 * at the next turn of a loop or the next call of a function, of WebAssembly too. It is asked to publish to a channel,
 * to which `watch.ts` listens. https://nodejs.org/api/inspector.html#sessionconnecttomainthread
 */
import { Session } from 'node:inspector'
import { setTimeout as after } from 'node:timers/promises'
import { workerData } from 'node:worker_threads'
import type { WatchThreadData } from './watch-thread-data.ts'
import { WatchedCalls } from './watched-calls.ts'

/** In ms, between two looks. */
const step = 10
/** In ms without a call, after which it sleeps. */
const patience = 1_000

interface Seen {
  readonly serial: number
  readonly since: number
}

const { shared, channel } = workerData as WatchThreadData
const calls = new WatchedCalls(shared)
calls.declareWatched()
await watch()

async function watch(): Promise<never> {
  let seen: Seen[] = []
  let activity = calls.activity()
  let activeAt = performance.now()
  for (;;) {
    seen = look(seen)
    if (calls.activity() !== activity || seen.length > 0) activeAt = performance.now()
    activity = calls.activity()
    if (performance.now() - activeAt > patience) calls.sleepUntilCall()
    else await after(step)
  }
}

/** Whoever is told too early goes on, and is told again. */
function look(before: readonly Seen[]): Seen[] {
  const now = performance.now()
  return calls.running().map(({ serial, limit }, index) => {
    const known = before[index]
    if (known?.serial !== serial) return { serial, since: now }
    if (now - known.since >= limit) tell(index)
    return known
  })
}

/** A process that ends waits, and says so, for whoever is connected: so nobody is for longer than it takes. */
function tell(index: number): void {
  const session = new Session()
  session.connectToMainThread()
  const found = `process.getBuiltinModule('node:diagnostics_channel').channel(${JSON.stringify(channel)})`
  session.post('Runtime.evaluate', { expression: `${found}.publish(${index})`, silent: true }, () =>
    session.disconnect(),
  )
}
