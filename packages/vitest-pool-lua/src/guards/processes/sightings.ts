/**
 * Which processes have been seen to belong to this worker, and the test during which each came: the cheap look after
 * each test. It sees also what child_process knows nothing of, programs of native code and of threads.
 *
 *     const sightings = openSightings({ root: process.pid, cookie, brand }, spawns)
 *     sightings.look(test)      // what is new belongs to this test
 */
import { identityOf, watchProcesses } from '@vitest-pool-lua/sweep'
import type { SeenProcess, WatchOptions } from '@vitest-pool-lua/sweep'
import type { TestName } from '../../protocol/finding.ts'
import { SPAWN_LABEL } from '../../protocol/message.ts'
import type { Spawn } from '../../protocol/spawn.ts'
import { now } from '../clock.ts'

export interface Sighting {
  readonly pid: number
  readonly ppid: number
  readonly startTime: number
  readonly label?: string
  /** When it began, on the guards' clock. */
  readonly since: number
  readonly test: TestName | null
}

export interface Sightings {
  readonly all: readonly Sighting[]
  /** Where looks see nothing, a sweep alone can tell. */
  readonly areComplete: boolean
  look(test: TestName | null): void
  testOf(pid: number): TestName | null
  living(): readonly Sighting[]
  close(): void
}

export function openSightings(watched: Omit<WatchOptions, 'label'>, spawns: SpawnsByMark): Sightings {
  const watch = watchProcesses({ ...watched, label: SPAWN_LABEL })
  const all: Sighting[] = []
  const byPid = new Map<number, Sighting>()
  /** What nobody saw being spawned is its parent's test's, or came during the test that has just ended. */
  const testOf = ({ pid, ppid, label }: SeenProcess): TestName | null | undefined =>
    [spawns.labelled(label ?? ''), spawns.of(pid), byPid.get(ppid), spawns.of(ppid)].find(
      known => known !== undefined,
    )?.test

  return {
    all,
    areComplete: watch.tier === 'proc',
    look(test) {
      for (const process of watch.look()) {
        if (spawns.isOurs(process.pid)) continue
        const known = testOf(process)
        const seen = { ...process, since: now() - process.ageMs, test: known === undefined ? test : known }
        all.push(seen)
        byPid.set(process.pid, seen)
      }
    },
    testOf: pid => byPid.get(pid)?.test ?? null,
    living: () => [...byPid.values()].filter(isAlive),
    close: () => watch.close(),
  }
}

/** What was spawned, by what shows it. */
interface SpawnsByMark {
  of(pid: number): Spawn | undefined
  labelled(label: string): Spawn | undefined
  isOurs(pid: number): boolean
}

function isAlive({ pid, startTime }: Sighting): boolean {
  return identityOf(pid, 'proc')?.startTime === startTime
}
