/**
 * A thread beside the worker's Lua: when the parent is gone, it ends the process. Nothing else would, because an
 * endless loop in native code never comes to the event loop, where the channel's end would be seen.
 */
import { workerData } from 'node:worker_threads'

const parent = workerData as number
const every = 250

setInterval(() => {
  if (isGone()) process.kill(process.pid, 'SIGKILL')
}, every)

/** On Windows a process keeps the id of a parent that is gone. */
function isGone(): boolean {
  if (process.ppid !== parent) return true
  try {
    process.kill(parent, 0)
    return false
  } catch {
    return true
  }
}
