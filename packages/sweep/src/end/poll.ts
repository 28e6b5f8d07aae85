/** Waits for a fact, never for a fixed time. */
import { now, sleep } from '../clock.ts'

const longestPauseMs = 20

/** Whether the fact came true before the time (on our clock) was up. */
export async function pollUntil(
  isTrue: () => Promise<boolean>,
  until: number,
  pauseMs = 1,
): Promise<boolean> {
  if (await isTrue()) return true
  const leftMs = until - now()
  if (leftMs <= 0) return false
  await sleep(Math.min(pauseMs, leftMs))
  return await pollUntil(isTrue, until, Math.min(2 * pauseMs, longestPauseMs))
}
