/**
 * Processes that tests start. A cheap look after each test learns which are
 * new; at the file's end what is still running is swept and named with the
 * test and, where Node's child_process spawned it, with the line.
 */
import { groupOfThis, identityOf, recordSpawnSites, sweep, watchProcesses } from '@vitest-pool-lua/sweep'
import type { Brand, ProcessGroup, SweepTarget } from '@vitest-pool-lua/sweep'
import type { Discovery, TestName } from '../protocol/finding.ts'
import { FILE_COOKIE } from '../protocol/message.ts'
import { isStray, leftRunning, notSwept, straySweepOptions } from '../protocol/stray.ts'
import type { Origin, SweepSettings } from '../protocol/stray.ts'
import type { TestClock } from './current-test.ts'
import type { Guard } from './guard.ts'
import { placeOf } from './place.ts'

export interface ProcessCounts {
  readonly started: number
  readonly ended: number
}

export interface ProcessesGuard extends Guard {
  /** Exempts a process, and what it starts, from this sweep. */
  keep(pid: number): void
  /** Ends the programs that native code of this process started, which Node's child_process knows nothing of. */
  endPrograms(): Promise<Discovery[]>
  counts(): ProcessCounts
}

export interface ProcessesGuardOptions {
  readonly fileCookie: string
  /** Default none. */
  readonly brand?: Brand | null
  readonly settings: SweepSettings
  readonly clock: TestClock
}

export function processesGuard({
  fileCookie,
  brand = null,
  settings,
  clock,
}: ProcessesGuardOptions): ProcessesGuard {
  const marks = { cookie: { name: FILE_COOKIE, value: fileCookie }, ...(brand && { brand }) }
  const tests = new Map<number, TestName | null>()
  const seen: { pid: number; startTime: number; ppid: number }[] = []
  const spawned = new Set<number>()
  const kept: number[] = []
  const sites = recordSpawnSites({
    onSpawn(pid) {
      spawned.add(pid)
      tests.set(pid, clock.now()?.name ?? null)
    },
  })
  const watch = watchProcesses({ ...marks, ...ledBy(groupOfThis()), root: process.pid })
  let ended = 0

  /** What nobody saw being spawned is its parent's test's, or came during the test that has just ended. */
  const look = (test: TestName | null): void => {
    for (const { pid, ppid, startTime } of watch.look()) {
      seen.push({ pid, startTime, ppid })
      if (!tests.has(pid)) tests.set(pid, tests.get(ppid) ?? test)
    }
  }

  const originOf = (pid: number): Origin => ({
    test: tests.get(pid) ?? null,
    at: placeOf(sites.siteOf(pid)?.stack),
  })

  // Nothing that this process started is older than it.
  const since = settings.tier === 'proc' ? identityOf(process.pid, 'proc') : undefined

  const sweepThose = async (target: SweepTarget, keep: readonly number[]): Promise<Discovery[]> => {
    const { processes, problem } = await sweep(target, {
      ...straySweepOptions(settings),
      ...(since && { since }),
      keep,
    })
    const strays = processes.filter(isStray)
    ended += strays.filter(({ outcome }) => outcome === 'ended').length
    const found = strays.map(stray => leftRunning(stray, originOf(stray.pid)))
    return problem === undefined ? found : [...found, notSwept(problem)]
  }

  // Where looks see everything, a file that started nothing needs no sweep.
  const seesAll = watch.tier === 'proc' && settings.tier === 'proc'

  return {
    name: 'processes',
    keep: pid => void kept.push(pid),
    counts: () => ({ started: tests.size, ended }),
    holds: () => tests.size > 0,
    beforeTest() {
      look(null)
      return []
    },
    afterTest(test) {
      look(test.name)
      return []
    },
    async endPrograms() {
      look(null)
      const programs = seen.filter(({ pid, ppid }) => ppid === process.pid && !spawned.has(pid))
      if (seesAll && programs.length === 0) return []
      return sweepThose({ roots: [process.pid] }, [...kept, ...spawned])
    },
    async close() {
      look(null)
      watch.close()
      sites.close()
      if (seesAll && tests.size === 0) return []
      const group = ledBy(groupOfThis(settings.tier))
      return sweepThose({ ...marks, ...group, roots: [process.pid], known: seen }, kept)
    },
  }
}

function ledBy(group: ProcessGroup | undefined): { readonly groups?: readonly ProcessGroup[] } {
  return group === undefined ? {} : { groups: [group] }
}
