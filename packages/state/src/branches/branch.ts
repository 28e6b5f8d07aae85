/** One branch from its start to its end: its worker runs it, its limits end it, and nothing of it is left. */
import { openAlarm, type Alarm, type Ring } from './alarm.ts'
import { startWorker, type WorkerEnding } from './branch-worker.ts'
import type { BranchTask } from './messages.ts'

/** How a branch ended. */
export type Ending = WorkerEnding | Ring

/** Throws the signal's reason when it is aborted: after the branch has ended. */
export async function runBranch(task: BranchTask, signal: AbortSignal): Promise<Ending> {
  signal.throwIfAborted()
  const alarm = openAlarm(task)
  const abortion = openAbortion(signal)
  try {
    return await runWorker(task, alarm, abortion.aborted)
  } finally {
    abortion.close()
    alarm.close()
  }
}

async function runWorker(task: BranchTask, alarm: Alarm, aborted: Promise<never>): Promise<Ending> {
  const worker = startWorker(task, started => alarm.started(worker.pid ?? 0, started))
  try {
    return await Promise.race([worker.ending, alarm.rung, aborted])
  } finally {
    await worker.end()
  }
}

function openAbortion(signal: AbortSignal): { aborted: Promise<never>; close(): void } {
  let abort: () => void
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort)
  })
  return { aborted, close: () => signal.removeEventListener('abort', abort) }
}
