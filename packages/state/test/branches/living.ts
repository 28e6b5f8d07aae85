/** What lives beside a test: processes, as the kernel knows them, and handles, as Node does. Linux only. */
import { readFileSync, readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const patienceMs = 20_000

/** The processes whose environment has the entry; those that have ended but were not waited for have none. */
export function holdersOf(entry: string): number[] {
  return pids().filter(pid => read(`/proc/${pid}/environ`).split('\0').includes(entry))
}

/** Also those that have ended and were not waited for. */
export function childrenOf(parent: number): number[] {
  return pids().filter(pid => read(`/proc/${pid}/stat`).split(') ')[1]?.split(' ')[1] === String(parent))
}

/** The processes whose command line has the text. */
export function runningOf(text: string): number[] {
  return pids().filter(pid => read(`/proc/${pid}/cmdline`).split('\0').join(' ').includes(text))
}

/**
 * What Node holds: handles and descriptors. A test's own timeout is no concern of ours; pipes count as descriptors,
 * because Vitest's own are now active and now not.
 */
export function handles(): { resources: string[]; descriptors: number } {
  return {
    resources: process.getActiveResourcesInfo().filter(name => name !== 'Timeout' && name !== 'PipeWrap'),
    descriptors: readdirSync('/proc/self/fd').length,
  }
}

export async function until(isTrue: () => boolean, end = performance.now() + patienceMs): Promise<void> {
  if (isTrue()) return
  if (performance.now() > end) throw new Error(`Waited ${patienceMs} ms in vain: ${String(isTrue)}`)
  await sleep(5)
  await until(isTrue, end)
}

function pids(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger)
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return ''
  }
}
