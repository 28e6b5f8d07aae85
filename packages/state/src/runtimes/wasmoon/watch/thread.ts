/**
 * The watch thread of a process: interrupts calls into Lua that are over their limit.
 *
 * WebAssembly that runs can be interrupted only by the inspector of its own process: what it is asked to evaluate runs
 * at the next turn of a loop or the next call of a function, of WebAssembly too. It is asked to publish to a channel,
 * to which `watch.ts` listens. https://nodejs.org/api/inspector.html#sessionconnecttomainthread
 *
 * Somebody else may have the process evaluate something meanwhile. But whoever pauses it there (`Debugger.pause`) may
 * pause what it evaluates for us, and then Node does not listen to its inspector any more.
 */
import { Session } from 'node:inspector'
import { setTimeout as after } from 'node:timers/promises'
import { workerData } from 'node:worker_threads'
import { stuckAfter } from '../../../stuck-calls.ts'
import type { Interruption, WatchThreadData } from './watch-thread-data.ts'
import { WatchedCalls } from './watched-calls.ts'

/** In ms, between two looks. */
const step = 10
/** In ms without a call, after which it sleeps. */
const patience = 1_000

interface Seen {
  readonly serial: number
  readonly since: number
  readonly limit: number
  told: boolean
}

const { shared, channel } = workerData as WatchThreadData
const calls = new WatchedCalls(shared)
/** Until an interruption has come through there is no other: the process may stand still. */
let interrupting = false

calls.declareWatched()
await watch()

async function watch(): Promise<never> {
  let seen: Seen[] = []
  let activity = calls.activity()
  let activeAt = performance.now()
  for (;;) {
    seen = look(seen)
    if (!interrupting) interruptOver(seen)
    if (calls.activity() !== activity || seen.length > 0) activeAt = performance.now()
    activity = calls.activity()
    if (performance.now() - activeAt > patience) calls.sleepUntilCall()
    else await after(step)
  }
}

function look(before: readonly Seen[]): Seen[] {
  const now = performance.now()
  return calls.running().map(({ serial, limit }, index) => {
    const known = before[index]
    return known?.serial === serial ? known : { serial, limit, since: now, told: false }
  })
}

/** Whoever is told too early goes on, and is told again. */
function interruptOver(seen: readonly Seen[]): void {
  const now = performance.now()
  const interruptions: Interruption[] = []
  for (const [call, each] of seen.entries()) {
    const over = now - each.since - each.limit
    if (over < 0) continue
    interruptions.push({ call, isStuck: over >= stuckAfter && !each.told })
    each.told ||= over >= stuckAfter
  }
  if (interruptions.length > 0) interrupt(interruptions)
}

/** A process that ends waits, and says so, for whoever is connected: so nobody is for longer than it takes. */
function interrupt(interruptions: readonly Interruption[]): void {
  interrupting = true
  const session = new Session()
  session.connectToMainThread()
  const found = `process.getBuiltinModule('node:diagnostics_channel').channel(${JSON.stringify(channel)})`
  const expression = `${found}.publish(${JSON.stringify(interruptions)})`
  session.post('Runtime.evaluate', { expression, silent: true }, () => {
    session.disconnect()
    interrupting = false
  })
}
