/**
 * Memory of one side, in bytes of RSS. Each of the two runs in a process of its own that can force
 * collections: what one leaves free would hide what the other takes.
 */
import { setImmediate } from 'node:timers/promises'
import type { Settings } from './settings.ts'
import type { OpenLua, Side } from './sides/side.ts'

/** Of one live state, the first not counted: it brings what all share. */
export async function liveMemory(side: Side, { live }: Settings): Promise<number> {
  const open: OpenLua[] = [await side.open()]
  const before = await settledRss()
  for (let i = 0; i < live; i++) open.push(await side.open())
  const after = await settledRss()
  for (const lua of open) lua.close()
  return (after - before) / live
}

export interface CycleMemory {
  readonly afterFirst: number
  readonly atEnd: number
}

/** What RSS is after the first open-close cycles, and after all. */
export async function cycleMemory(side: Side, { cycles }: Settings): Promise<CycleMemory> {
  const afterFirst = await rssAfter(side, cycles.first)
  return { afterFirst, atEnd: await rssAfter(side, cycles.all - cycles.first) }
}

/** Each cycle has its own turn of the event loop, as tests have: there finalizers run. */
async function rssAfter(side: Side, cycles: number): Promise<number> {
  for (let i = 0; i < cycles; i++) {
    const lua = await side.open()
    lua.close()
    await setImmediate()
  }
  return settledRss()
}

/**
 * The last resort among collections also gives back what V8 keeps ready: its young generation grows by up to
 * 48 MB as it likes, also under the bare binding. Finalizers run after a collection, and what they free goes
 * with the next.
 */
async function settledRss(): Promise<number> {
  const { gc } = globalThis
  if (gc === undefined) throw new Error('Memory is measured in a process with --expose-gc.')
  for (let i = 0; i < 4; i++) {
    gc({ type: 'major', execution: 'sync', flavor: 'last-resort' })
    await setImmediate()
  }
  return process.memoryUsage.rss()
}
