/** The resident memory of another process, which it need not be able to tell any more. */
import { readFileSync } from 'node:fs'

/**
 * In bytes. Null when the process is gone, and outside of Linux, where only another program could tell: there what
 * the worker itself wrote into its journal has to do.
 */
export const residentMemory: (pid: number) => number | null =
  process.platform === 'linux' ? linuxResidentMemory : () => null

/** Of `/proc/PID/status`, which speaks of kB: `statm` counts pages, whose size Node.js does not know. */
function linuxResidentMemory(pid: number): number | null {
  const kilobytes = /^VmRSS:\s*(\d+) kB$/m.exec(statusOf(pid))?.[1]
  return kilobytes === undefined ? null : Number(kilobytes) * 1024
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'latin1')
  } catch {
    return ''
  }
}
