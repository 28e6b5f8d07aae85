/**
 * Whether a process lives whose main thread has ended: it is shown as a zombie as long as others of its threads go on,
 * and also while they end, which on a busy machine takes a while after SIGKILL.
 * https://man7.org/linux/man-pages/man5/proc_pid_status.5.html (SigPnd)
 */
import { readdirSync } from 'node:fs'
import { readText } from './proc-text.ts'

/** SIGKILL, in the mask of a thread's pending signals. */
const killed = 1n << 8n

export function hasLivingThread(pid: number): boolean {
  const tasks = `/proc/${pid}/task`
  try {
    return readdirSync(tasks).some(thread => isLiving(readText(`${tasks}/${thread}/status`) ?? ''))
  } catch {
    return false
  }
}

/** The kernel has SIGKILL wait for each thread of a process that is to end. */
function isLiving(status: string): boolean {
  const state = /^State:\s+(\w)/m.exec(status)?.[1]
  if (state === undefined || 'ZXx'.includes(state)) return false
  const pending = /^SigPnd:\s+([\da-f]+)/m.exec(status)?.[1] ?? '0'
  return (BigInt(`0x${pending}`) & killed) === 0n
}
