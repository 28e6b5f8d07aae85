/**
 * Ends processes on Windows, which has no signals: nothing can be asked to end or be frozen, every
 * ending is at once. Untested there: the project's checks run on Linux, where tree-kill uses `ps`.
 */
import treeKill from 'tree-kill'
import type { Member } from '../find/finder.ts'
import type { Timing } from '../options.ts'
import { pollUntil } from './poll.ts'
import type { Quarry } from './quarry.ts'

export async function endProcesses(quarry: Quarry, { deadline }: Timing): Promise<void> {
  const members = await quarry.rescan()
  if (!quarry.hasExempt()) await endTrees(quarry, members)
  await pollUntil(async () => (await endSingly(quarry)) === 0, deadline)
}

/** `taskkill /T` takes all that descends with it, so it is for trees in which nothing is exempt. */
async function endTrees(quarry: Quarry, members: readonly Member[]): Promise<void> {
  const pids = new Set(members.map(member => member.pid))
  const endings: Promise<void>[] = []
  await quarry.forEachSame(members, ({ pid, ppid }) => {
    if (!pids.has(ppid)) endings.push(endTree(pid))
  })
  await Promise.all(endings)
}

/** An error is not looked at: what still lives is seen by the next scan. */
async function endTree(pid: number): Promise<void> {
  await new Promise<void>(resolve => {
    treeKill(pid, 'SIGKILL', () => resolve())
  })
}

/** What the trees left: how many processes were still there. */
async function endSingly(quarry: Quarry): Promise<number> {
  const members = await quarry.rescan()
  await quarry.signal(members, 'SIGKILL')
  return members.length
}
