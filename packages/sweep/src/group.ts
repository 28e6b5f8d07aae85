/**
 * The process group of a process that leads one, as whatever Node starts with `detached: true` does.
 *
 *     const worker = spawn('worker', { detached: true })
 *     const group = groupOfNewborn(worker.pid)
 *     // ... the worker is gone, its orphans are not ...
 *     sweep({ groups: [group] })
 *
 * Whatever the leader starts is in its group, and no cleared environment, and no end of a parent, takes it out; a
 * session of its own does. On Linux the leader's session counts as well: a shell gives its jobs groups of their own.
 */
import { wallNow } from './clock.ts'
import { bestTier } from './find/platform.ts'
import { identityOf } from './identity.ts'
import type { ProcessGroup, Tier } from './process.ts'

/** The group of a process that this one has started just now. Asks no program, so it waits for none. */
export function groupOfNewborn(pid: number | undefined, tier: Tier = bestTier()): ProcessGroup | undefined {
  return pid === undefined ? undefined : groupOf(pid, tier, 0)
}

/** The group that this process leads; empty where it leads none. */
export function groupOfThis(tier: Tier = bestTier()): ProcessGroup | undefined {
  return groupOf(process.pid, tier, process.uptime())
}

/** Windows has no process groups. */
function groupOf(pid: number, tier: Tier, ageSeconds: number): ProcessGroup | undefined {
  if (process.platform === 'win32') return undefined
  if (tier === 'proc') return identityOf(pid, tier)
  return { pid, startTime: Math.floor(wallNow() / 1000 - ageSeconds) }
}
