/**
 * Which process a pid is, and whether that process still lives.
 *
 *     const worker = identityOf(child.pid)
 *     // ... much later, when the pid may be another's ...
 *     if (worker && isAlive(worker)) ...
 */
import { chooseInspector } from './find/choose-inspector.ts'
import { bestTier } from './find/platform.ts'
import { readStat } from './find/proc-files.ts'
import { type ProcessIdentity, type Tier, isSameProcess } from './process.ts'

/**
 * Undefined when no such process lives; a zombie does not. Give the tier where sweeps are given one.
 * Cheap in `proc` (0.01 ms); runs `ps` in `tree`; on Windows the start time is 0, unknown.
 */
export function identityOf(pid: number, tier: Tier = bestTier()): ProcessIdentity | undefined {
  const startTime = tier === 'proc' ? readStat(pid)?.startTime : chooseInspector().startTimeOf(pid)
  return startTime === undefined ? undefined : { pid, startTime }
}

export function isAlive(identity: ProcessIdentity, tier: Tier = bestTier()): boolean {
  const now = identityOf(identity.pid, tier)
  return now !== undefined && isSameProcess(now, identity)
}
