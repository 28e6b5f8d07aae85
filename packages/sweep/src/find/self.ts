/** What must be known of the sweeping process itself. */
import { uptime } from 'node:os'
import { msPerTick, readStat } from './proc-files.ts'

/** All above the sweeping process: they are never swept, whatever the target says. */
export function ownAncestors(): ReadonlySet<number> {
  const pids = new Set<number>()
  for (let pid: number | undefined = process.ppid; pid !== undefined && pid > 0 && !pids.has(pid);) {
    pids.add(pid)
    pid = readStat(pid)?.ppid
  }
  return pids
}

/**
 * Now, on the clock of the processes' start times. The system's uptime may be that of a container
 * (lxcfs), and our own clock stands still while the machine sleeps: the one that is ahead is right.
 */
export function nowInTicks(): number {
  const ownStart = readStat(process.pid)?.startTime ?? 0
  return Math.max((uptime() * 1000) / msPerTick, ownStart + (process.uptime() * 1000) / msPerTick)
}
