/**
 * Brings a main process to its end in one way while a test runs, and looks what is left, and for how long.
 *
 *     const outcome = await measure({ way, state: 'spins', bed })
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { MadeBed } from '@vitest-pool-lua/beds'
import { identityOf, isAlive } from '@vitest-pool-lua/sweep'
import type { ProcessIdentity } from '@vitest-pool-lua/sweep'
import { commandOf, kill, parentOf, pidsOfMachine, tagged } from '../tagged.ts'
import { until } from '../until.ts'
import { openProject } from '../project.ts'
import { start } from './start.ts'
import type { Going } from './start.ts'
import type { Way } from './ways.ts'

/** What the test does when the main process comes to its end. */
export type State = 'awaits' | 'spins'

export interface Cell {
  readonly way: Way
  readonly state: State
  readonly bed: MadeBed
}

export interface Outcome {
  /** ms from the end of the main process to that of the last process that it left; null where one lives on. */
  readonly cleanAfter: number | null
  /** How many lived when it ended: workers, and what tests had started. */
  readonly processes: number
  /** The command lines of those that live on. */
  readonly left: readonly string[]
  /** What it left in the temporary directory. */
  readonly folders: readonly string[]
  /** ms from the end of the main process to that of its reaper; null where that lives on. */
  readonly reaperAfter: number | null
  readonly output: string
}

const ENDED_WITHIN = 60_000
/** ms: five times what is promised. Who still lives then is counted as left. */
export const CLEAN_WITHIN = 10_000

export async function measure({ way, state, bed }: Cell): Promise<Outcome> {
  const project = openProject(bed, 'ends')
  let witnesses: Witnesses | undefined
  try {
    const going = await start({ ...project, file: state, setting: way })
    witnesses = witnessesOf(going.main, project.tag)
    await way.bringAbout(going)
    return await outcomeOf(going, witnesses)
  } finally {
    for (const { pid } of witnesses?.all.filter(one => isAlive(one)) ?? []) kill(pid)
    project.close()
  }
}

interface Witnesses {
  readonly all: readonly ProcessIdentity[]
  readonly reaper: ProcessIdentity | undefined
  readonly tag: string
}

async function outcomeOf({ main, folder, output }: Going, { all, reaper, tag }: Witnesses): Promise<Outcome> {
  await until('the main process to end', () => !isAlive(main), ENDED_WITHIN)
  const others = all.filter(one => one.pid !== reaper?.pid && one.pid !== main.pid)
  const began = performance.now()
  const living = (): readonly number[] => [
    ...new Set([...others.filter(one => isAlive(one)), ...tagged(tag)].map(({ pid }) => pid)),
  ]
  const cleanAfter = await timeUntil(began, () => living().length === 0)
  const left = living().map(commandOf)
  const reaperAfter = await timeUntil(began, () => reaper !== undefined && !isAlive(reaper))
  const folders = readdirSync(join(folder, 'tmp')).filter(name => name.startsWith('vitest-pool-lua'))
  return { cleanAfter, processes: others.length, left, folders, reaperAfter, output: output() }
}

async function timeUntil(began: number, isTrue: () => boolean): Promise<number | null> {
  try {
    await until('nothing to be left', isTrue, CLEAN_WITHIN)
    return Math.round(performance.now() - began)
  } catch {
    return null
  }
}

/** The main process, all that descends from it, and all that has the tag. */
function witnessesOf(main: ProcessIdentity, tag: string): Witnesses {
  const pids = pidsOfMachine().filter(pid => descendsFrom(pid, main.pid))
  const reaper = pids.find(pid => parentOf(pid) === main.pid && /reaper.main\.js/.test(commandOf(pid)))
  const all = [...new Set([...pids, ...tagged(tag).map(({ pid }) => pid)])]
  const identities = all.flatMap(pid => identityOf(pid) ?? [])
  return { all: identities, reaper: identities.find(({ pid }) => pid === reaper), tag }
}

function descendsFrom(pid: number, ancestor: number): boolean {
  for (let at: number | undefined = pid; at !== undefined && at > 1; at = parentOf(at))
    if (at === ancestor) return true
  return false
}
