/**
 * Ends processes where there are signals: asks them, then freezes and kills what is left. Of processes
 * that are killed while others run on, the others start new ones; what is stopped starts nothing.
 */
import { now } from '../clock.ts'
import type { Member } from '../find/finder.ts'
import type { Timing } from '../options.ts'
import { pollUntil } from './poll.ts'
import type { Quarry } from './quarry.ts'

export async function endProcesses(quarry: Quarry, { termAfter, deadline }: Timing): Promise<void> {
  const haveEnded = termAfter > 0 && (await askToEnd(quarry, now() + termAfter))
  if (!haveEnded) await killAll(quarry, deadline)
}

/**
 * Whether nothing is left. Only those that are there now are asked: what they start in order to clean
 * up is let finish.
 */
async function askToEnd(quarry: Quarry, until: number): Promise<boolean> {
  const members = await quarry.rescan()
  if (members.length === 0) return true
  await quarry.signal(members, 'SIGTERM')
  const stopped = members.filter(member => member.stopped)
  await quarry.signal(stopped, 'SIGCONT')
  return await pollUntil(async () => (await quarry.rescan()).length === 0, until)
}

async function killAll(quarry: Quarry, deadline: number): Promise<void> {
  const members = await freeze(quarry, deadline, openRoll())
  if (members.length === 0) return
  await quarry.signal(members, 'SIGKILL')
  const killed = openRoll()
  killed.add(members)
  const allGone = await waitForKilled(quarry, deadline, killed)
  if (!allGone && now() < deadline) await killAll(quarry, deadline)
}

/**
 * Gives all that live, once all are frozen. Comes to an end: a fork that is under way when SIGSTOP
 * arrives is taken back by the kernel.
 */
async function freeze(quarry: Quarry, deadline: number, frozen: Roll): Promise<readonly Member[]> {
  const members = await quarry.rescan()
  const running = frozen.missing(members)
  if (running.length === 0 || now() > deadline) return members
  frozen.add(running)
  await quarry.signal(running, 'SIGSTOP')
  return await freeze(quarry, deadline, frozen)
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
