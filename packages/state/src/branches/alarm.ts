/**
 * What ends a branch from outside, whatever its worker is busy with: its deadline, its memory, and a worker that
 * never comes to run Lua.
 *
 *     const alarm = openAlarm({ deadline: 200, maxMemory: undefined })
 *     alarm.started(pid, started)    // the time counts from here
 *     const ring = await alarm.rung
 *     alarm.close()
 */
import { after } from '../clock.ts'
import type { Started } from './messages.ts'
import { meter } from './rss.ts'

export type Ring =
  | { kind: 'late' }
  /** The worker's memory has grown by so many bytes since Lua began. */
  | { kind: 'full'; grown: number }
  | { kind: 'unstarted'; limit: number }

export interface Limits {
  /** In ms, from when Lua begins. */
  readonly deadline: number | undefined
  /** In bytes. */
  readonly maxMemory: number | undefined
}

export interface Alarm {
  readonly rung: Promise<Ring>
  started(pid: number, started: Started): void
  close(): void
}

/** ms from the process's start to Lua's: about 100 here; what takes this long hangs. */
const startLimit = 60_000
/** ms past the deadline: for a state that ends itself, to say where it was; for others, to be heard if just done. */
const grace = { endsItself: 250, endsNever: 10 }
/**
 * A state that keeps to `maxMemory` by itself ends its branch at the exact byte, and knows the line. From outside it is
 * given so many times as much, because what was freed and lies in between counts there.
 */
const leeway = { keepsMemory: 1.5, countsNothing: 1 }
/** Bytes that a worker's resident memory varies by without any doing of Lua's: garbage that Node has not collected. */
const noise = 32 * 2 ** 20

export function openAlarm({ deadline, maxMemory }: Limits): Alarm {
  const callOffs = new Set<() => void>()
  let ring: (ring: Ring) => void
  const rung = new Promise<Ring>(resolve => (ring = resolve))
  const callOffStart = after(startLimit, () => ring({ kind: 'unstarted', limit: startLimit }))
  callOffs.add(callOffStart)
  return {
    rung,
    started: (pid, { rss, endsItself, keepsMemory }) => {
      callOffStart()
      const longer = endsItself ? grace.endsItself : grace.endsNever
      if (deadline !== undefined) callOffs.add(atDeadline(deadline, longer, () => ring({ kind: 'late' })))
      const times = keepsMemory ? leeway.keepsMemory : leeway.countsNothing
      if (maxMemory !== undefined) callOffs.add(watchMemory(pid, rss, maxMemory * times + noise, ring))
    },
    close: () => {
      for (const callOff of callOffs) callOff()
    },
  }
}

/**
 * The grace begins when the first timer is heard: a parent that was busy until after the deadline hears a branch
 * that had ended in time before it judges.
 */
function atDeadline(deadline: number, longer: number, act: () => void): () => void {
  let callOff = after(deadline, () => (callOff = after(longer, act)))
  return () => callOff()
}

function watchMemory(pid: number, before: number, most: number, ring: (ring: Ring) => void): () => void {
  let callOff: (() => void) | undefined
  let watching = true
  const look = async (): Promise<void> => {
    const grown = ((await meter.rssOf(pid)) ?? before) - before
    if (!watching) return
    if (grown > most) ring({ kind: 'full', grown })
    else callOff = after(meter.every, () => void look())
  }
  void look()
  return () => {
    watching = false
    callOff?.()
  }
}
