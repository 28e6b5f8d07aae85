/** Whether a process is stopped by a signal or a debugger: then no time passes for it. */
import { readFileSync } from 'node:fs'

/** Where nobody can tell, it runs. */
export const isStopped: (pid: number) => boolean =
  process.platform === 'linux' ? isStoppedOnLinux : () => false

/** The state stands behind the name, which may hold anything. */
function isStoppedOnLinux(pid: number): boolean {
  try {
    return /^\) [Tt] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*(?=\) )/s, ''))
  } catch {
    return false
  }
}
