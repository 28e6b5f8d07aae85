/** Ends what a main process that is gone has left, within 2 s as a rule. */
import { rmSync } from 'node:fs'
import { sleep } from '../clock.ts'
import type { ProcessGroup } from '../process.ts'
import { createSweeper } from '../sweep.ts'
import type { Charge } from './order.ts'

/** ms. A process that was being forked when the main process died shows its cookie after that at the latest. */
const SETTLED = 100
/** Where something starts others again and again from outside of what can be found, sweeping comes to an end. */
const MOST_SWEEPS = 10

export async function reap(charge: Charge, roots: readonly ProcessGroup[]): Promise<void> {
  const { cookie, brand, exempting, folder, tier } = charge
  const target = { cookie, ...(brand && { brand }), roots, groups: roots, includeRoots: true }
  const sweeper = createSweeper(target, { ...(exempting && { exempting }), ...(tier && { tier }) })
  const sweepAgain = async (sweeps: number): Promise<void> => {
    const { processes, problem } = await sweeper.sweep(target)
    if (problem) endUnseen(roots)
    await sleep(SETTLED)
    const hasEnded = processes.some(({ outcome }) => outcome === 'ended')
    if ((hasEnded || sweeps === 1) && sweeps < MOST_SWEEPS) await sweepAgain(sweeps + 1)
  }
  await sweepAgain(1)
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
}

/**
 * Where processes can't be listed, nobody would hear of it: the main process is gone. So what is certain is ended
 * unseen: until just now the main process was the parent of these, and their pids, its children's, nobody else's.
 */
function endUnseen(roots: readonly ProcessGroup[]): void {
  for (const { pid } of roots.filter(({ endedAt }) => endedAt === undefined)) {
    kill(-pid)
    kill(pid)
  }
}

/** It may have ended; and on Windows there are no groups. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Then there is nothing to be ended.
  }
}
