/** Whether `process.kill(...args)` is about to end this process. */
import { constants } from 'node:os'

/** By themselves they end nothing: they stop, go on, or are ignored; SIGUSR1 is Node's own. */
const HARMLESS = new Set([
  'SIGCHLD',
  'SIGCONT',
  'SIGSTOP',
  'SIGTSTP',
  'SIGTTIN',
  'SIGTTOU',
  'SIGURG',
  'SIGUSR1',
  'SIGWINCH',
])

export function isDeadly([pid, signal]: readonly unknown[]): boolean {
  // Node takes text too; 0 is the whole group.
  if (pid !== process.pid && pid !== String(process.pid) && pid !== 0) return false
  const name = nameOf(signal ?? 'SIGTERM')
  return name !== undefined && !HARMLESS.has(name) && process.listenerCount(name) === 0
}

/** Undefined for 0, which only asks whether a process is there, and for what is no signal. */
function nameOf(signal: unknown): string | undefined {
  const signals = Object.entries(constants.signals)
  return signals.find(([name, number]) => signal === name || signal === number)?.[0]
}
