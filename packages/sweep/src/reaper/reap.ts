/** Ends what a main process that is gone has left, within 2 s as a rule. */
import { rmSync } from 'node:fs'
import { sleep } from '../clock.ts'
import type { ProcessIdentity } from '../process.ts'
import { createSweeper } from '../sweep.ts'
import type { Charge } from './order.ts'

/** ms. A process that was being forked when the main process died shows its cookie after that at the latest. */
const SETTLED = 100
/** Where something starts others again and again from outside of what can be found, sweeping comes to an end. */
const MOST_SWEEPS = 10

export async function reap(charge: Charge, roots: readonly ProcessIdentity[]): Promise<void> {
  const { cookie, brand, exempting, folder } = charge
  const target = { cookie, ...(brand && { brand }), roots, includeRoots: true }
  const sweeper = createSweeper(target, exempting && { exempting })
  const sweepAgain = async (sweeps: number): Promise<void> => {
    const { processes } = await sweeper.sweep(target)
    await sleep(SETTLED)
    const hasEnded = processes.some(({ outcome }) => outcome === 'ended')
    if ((hasEnded || sweeps === 1) && sweeps < MOST_SWEEPS) await sweepAgain(sweeps + 1)
  }
  await sweepAgain(1)
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
}
