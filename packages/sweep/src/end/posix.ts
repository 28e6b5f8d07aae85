/**
 * Ends processes where there are signals: asks them, then freezes and kills what is left. Of processes
 * that are killed while others run on, the others start new ones; what is stopped starts nothing.
 */
import type { Member } from '../find/finder.ts'
import type { Timing } from '../options.ts'
import { pollUntil } from './poll.ts'
import type { Quarry } from './quarry.ts'

export async function endProcesses(quarry: Quarry, { termAfter, deadline }: Timing): Promise<void> {
  if (termAfter > 0) await askToEnd(quarry, performance.now() + termAfter)
  await killAll(quarry, deadline)
}

/** Only those that are there now: what they start in order to clean up is let finish. */
async function askToEnd(quarry: Quarry, until: number): Promise<void> {
  const members = await quarry.rescan()
  await quarry.signal(members, 'SIGTERM')
  const stopped = members.filter(member => member.stopped)
  await quarry.signal(stopped, 'SIGCONT')
  await pollUntil(async () => (await quarry.rescan()).length === 0, until)
}

async function killAll(quarry: Quarry, deadline: number): Promise<void> {
  await freeze(quarry, deadline, openRoll())
  const roll = openRoll()
  const members = await quarry.rescan()
  roll.add(members)
  await quarry.signal(members, 'SIGKILL')
  const allGone = await waitForKilled(quarry, deadline, roll)
  if (!allGone && performance.now() < deadline) await killAll(quarry, deadline)
}

/** Comes to an end: a fork that is under way when SIGSTOP arrives is taken back by the kernel. */
async function freeze(quarry: Quarry, deadline: number, frozen: Roll): Promise<void> {
  const running = frozen.missing(await quarry.rescan())
  if (running.length === 0 || performance.now() > deadline) return
  frozen.add(running)
  await quarry.signal(running, 'SIGSTOP')
  await freeze(quarry, deadline, frozen)
}

/** Whether all are gone: false as soon as one shows up that was not killed, or when the time is up. */
async function waitForKilled(quarry: Quarry, deadline: number, killed: Roll): Promise<boolean> {
  let left: readonly Member[] = []
  const isDecided = async (): Promise<boolean> => {
    left = await quarry.rescan()
    return left.length === 0 || killed.missing(left).length > 0
  }
  await pollUntil(isDecided, deadline)
  return left.length === 0
}

/** Which processes something was done to. */
interface Roll {
  add(members: readonly Member[]): void
  missing(members: readonly Member[]): Member[]
}

function openRoll(): Roll {
  const startTimes = new Map<number, number>()
  return {
    add: members => {
      for (const { pid, startTime } of members) startTimes.set(pid, startTime)
    },
    missing: members => members.filter(({ pid, startTime }) => startTimes.get(pid) !== startTime),
  }
}
