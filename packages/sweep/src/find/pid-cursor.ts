/**
 * The last pid that was handed out, the fifth field of `/proc/loadavg`: while it stands still no
 * process was started, and there is nothing to look for.
 * https://man7.org/linux/man-pages/man5/proc_loadavg.5.html
 */
import { now } from '../clock.ts'
import { statSync } from 'node:fs'
import { readText } from './proc-files.ts'

/** As long as a process may take from its pid to its program, and some more. */
const settledMs = 250
/** Longer, and the cursor might have gone round to where it was. */
const longestMs = 1000

export interface PidCursor {
  /** Whether nothing was started since the call before the last; true only when that is certain. */
  isQuiet(): boolean
}

export function openPidCursor(): PidCursor {
  if (!isKernelsOwn()) return { isQuiet: () => false }
  let last = ''
  let movedAt = 0
  let lookedAt = Number.NEGATIVE_INFINITY

  const isQuiet = (): boolean => {
    const at = now()
    const cursor = readCursor()
    if (cursor !== last || cursor === '') movedAt = at
    last = cursor
    // The last look must itself have been late enough to see all that moved the cursor.
    const quiet = lookedAt - movedAt > settledMs && at - lookedAt < longestMs
    if (!quiet) lookedAt = at
    return quiet
  }
  return { isQuiet }
}

/** Empty where it can't be read. */
function readCursor(): string {
  const text = readText('/proc/loadavg') ?? ''
  return text.slice(text.lastIndexOf(' ') + 1)
}

/** lxcfs puts a file of its own over it, seconds old; gVisor's always says 0. */
function isKernelsOwn(): boolean {
  try {
    return statSync('/proc/loadavg').dev === statSync('/proc/self').dev && Number(readCursor()) > 0
  } catch {
    return false
  }
}
