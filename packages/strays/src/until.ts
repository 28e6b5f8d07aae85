/** Waits for a fact, and says what it waited for in vain. */
import { setTimeout as wait } from 'node:timers/promises'

const LOOK_EVERY = 10

/** @returns ms it took */
export async function until(what: string, isTrue: () => boolean, limit: number): Promise<number> {
  const began = performance.now()
  while (!isTrue()) {
    if (performance.now() - began > limit) throw new Error(`Waited ${limit} ms for ${what}.`)
    await wait(LOOK_EVERY)
  }
  return Math.round(performance.now() - began)
}
