/**
 * What a test has left is ended with its file, and whoever still waits for it hears of that: a query is rejected, a
 * pipe breaks, a command was killed. Nobody is there to catch it. In Vitest's own pool the process would be gone
 * by then, and no run fails for it. So from then on errors that nobody catches are not told:
 *
 *     await silenceErrors()
 *     // ... pools are closed, processes ended ...
 *
 * What goes wrong at the end of the last test itself is told still: timers that were due come before.
 */
import { pause } from './clock.ts'

const EVENTS = ['uncaughtException', 'unhandledRejection'] as const

type Listener = (...args: unknown[]) => void

/** @returns lets those who listened before hear again */
export async function silenceErrors(): Promise<() => void> {
  await pause(1)
  const undo = EVENTS.map(silence)
  return () => undo.forEach(put => put())
}

function silence(event: (typeof EVENTS)[number]): () => void {
  const listeners = process.rawListeners(event) as Listener[]
  process.removeAllListeners(event).on(event, keepSilent)
  return () => {
    process.off(event, keepSilent)
    for (const listener of listeners) process.on(event, listener)
  }
}

/** Without any listener an error would end the process. */
function keepSilent(): void {}
