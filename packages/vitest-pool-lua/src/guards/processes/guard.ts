/**
 * Processes that tests start. What child_process spawns is known at once, with its test and its line; a cheap look
 * after each test learns of the others. What runs longer than `processes.timeout` is ended, and its test fails. At the
 * file's end what is still running is swept.
 */
import inspector from 'node:inspector'
import { groupOfThis } from '@vitest-pool-lua/sweep'
import type { Brand, ProcessGroup, SweepTarget } from '@vitest-pool-lua/sweep'
import { foundBy } from '../../protocol/file-report.ts'
import type { FoundBy } from '../../protocol/file-report.ts'
import type { Discovery, ProcessOverTime } from '../../protocol/finding.ts'
import { FILE_COOKIE } from '../../protocol/message.ts'
import { originsOf } from '../../protocol/spawn.ts'
import type { Origin, Spawn } from '../../protocol/spawn.ts'
import { leftRunning } from '../../protocol/stray.ts'
import type { Spared } from '../../protocol/spared.ts'
import type { Stray, SweepSettings } from '../../protocol/stray.ts'
import type { TestClock } from '../current-test.ts'
import type { Guard } from '../guard.ts'
import { watchOverTime } from './over-time.ts'
import { openSightings } from './sightings.ts'
import { watchSpawns } from './spawns.ts'
import { openSweeps } from './sweeps.ts'

export interface ProcessCounts {
  readonly started: number
  readonly ended: number
  readonly tier: FoundBy
}

export interface ProcessesGuard extends Guard {
  /** Exempts a process, and what it starts, from this sweep. */
  keep(pid: number): void
  /** Ends the programs that native code of this process started, which Node's child_process knows nothing of. */
  endPrograms(): Promise<Discovery[]>
  /** Settles when no process is being ended because of its limit. */
  quiet(): Promise<void>
  counts(): ProcessCounts
}

export interface ProcessesGuardOptions {
  readonly fileCookie: string
  /** Default none. */
  readonly brand?: Brand | null
  readonly settings: SweepSettings & { readonly processLimit: number | null }
  readonly clock: TestClock
  /** Hears of each spawn before anything can end this process. */
  spawned?(this: void, spawn: Spawn): void
  /** Hears of each process that the file's last sweep leaves alone. */
  spared?(this: void, process: Spared): void
  /** A limit that somebody asked for fails the test whose process is over it. */
  overTime?(this: void, finding: ProcessOverTime): void
}

export function processesGuard(options: ProcessesGuardOptions): ProcessesGuard {
  const {
    fileCookie,
    brand = null,
    settings,
    clock,
    spared,
    spawned = () => {},
    overTime: heard = () => {},
  } = options
  const { tier, processLimit: limit } = settings
  const marks = { cookie: { name: FILE_COOKIE, value: fileCookie }, ...(brand && { brand }) }
  const kept: number[] = []

  const spawns = watchSpawns({
    clock,
    tell: spawned,
    limit: () => (inspector.url() === undefined ? limit : null),
    over: (call, spawn) => overTime.call(call, spawn),
  })
  const sightings = openSightings({ ...marks, root: process.pid }, spawns)
  // Where looks see everything, a file that started nothing needs no sweep.
  const seesAll = sightings.areComplete && tier === 'proc'
  const look = (): void => sightings.look(clock.now()?.name ?? null)

  const sweeps = openSweeps(settings, spawns.unheard)
  const originsIn = (strays: readonly Stray[]): ReadonlyMap<number, Origin> =>
    originsOf(strays, spawns.all, ({ pid }) => sightings.testOf(pid))
  const endThose = async (
    target: SweepTarget,
    exempt: NonNullable<Parameters<typeof sweeps.end>[1]>,
  ): Promise<Discovery[]> => {
    const strays = await sweeps.end(target, exempt)
    const origins = originsIn(strays)
    return strays.map(stray => leftRunning(stray, origins.get(stray.pid) ?? NOBODYS))
  }

  const endAll = (): Promise<Discovery[]> => {
    const target = { ...marks, ...ledBy(groupOfThis(tier)), roots: [process.pid], known: sightings.all }
    return endThose(target, { keep: kept, ...(spared && { spared }) })
  }

  const overTime = watchOverTime(limit, {
    settings,
    sweeps,
    kept,
    heard,
    originOf: stray => originsIn([stray]).get(stray.pid) ?? NOBODYS,
    living() {
      look()
      return seesAll ? sightings.living() : spawns.living()
    },
    orphansOf(label) {
      look()
      return sightings.living().filter(seen => seen.label === label)
    },
  })

  return {
    name: 'processes',
    keep: pid => void kept.push(pid),
    quiet: overTime.quiet,
    counts: () => ({
      started: startedBy(spawns.all, sightings.all),
      ended: sweeps.ended(),
      tier: foundBy(tier, brand !== null),
    }),
    holds: () => startedBy(spawns.all, sightings.all) > 0,
    beforeTest() {
      sightings.look(null)
      return []
    },
    afterTest(test) {
      sightings.look(test.name)
      return []
    },
    async endPrograms() {
      sightings.look(null)
      const known = spawns.all.flatMap(({ pid }) => pid ?? [])
      const programs = sightings.all.filter(({ pid, ppid }) => ppid === process.pid && !known.includes(pid))
      if (seesAll && programs.length === 0) return []
      return endThose({ roots: [process.pid] }, { keep: [...kept, ...known] })
    },
    async close() {
      overTime.stop()
      await overTime.quiet()
      sightings.look(null)
      sightings.close()
      spawns.close()
      const startedNothing = seesAll && startedBy(spawns.all, sightings.all) === 0
      const left = startedNothing ? [] : await endAll()
      return [...overTime.findings, ...left, ...sweeps.problems]
    },
  }
}

const NOBODYS: Origin = { test: null, at: null }

/** A call that waits for its process does not always tell its pid. */
function startedBy(spawns: readonly Spawn[], seen: readonly { readonly pid: number }[]): number {
  const pids = new Set([...spawns, ...seen].flatMap(({ pid }) => pid ?? []))
  return pids.size + spawns.filter(({ pid }) => pid === null).length
}

function ledBy(group: ProcessGroup | undefined): { readonly groups?: readonly ProcessGroup[] } {
  return group === undefined ? {} : { groups: [group] }
}
