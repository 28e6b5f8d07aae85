/**
 * What the tests of a file spawn by child_process: each with its test and its line, known by its pid and by the label
 * that it passes on.
 *
 *     const spawns = watchSpawns({ clock, tell: spawn => journal.write(...), limit: () => null, over: () => {} })
 *     originsOf(strays, spawns.all, guess)
 *     spawns.close()
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { recordSpawnSites } from '@vitest-pool-lua/sweep'
import { FILE_COOKIE, SPAWN_LABEL } from '../../protocol/message.ts'
import type { Spawn } from '../../protocol/spawn.ts'
import type { OverdueCall } from '../../protocol/stray.ts'
import { now } from '../clock.ts'
import type { TestClock } from '../current-test.ts'
import { callerPlace, placeFrames, placeOf } from '../place.ts'
import { formatOf } from '../stack-text.ts'
import type { Timed } from './time-limit.ts'
import { watchSyncCalls } from './sync-calls.ts'

export interface Spawns {
  /** In their order. */
  readonly all: readonly Spawn[]
  /** The last that had this pid. */
  of(pid: number): Spawn | undefined
  labelled(label: string): Spawn | undefined
  /** Those that Node has not seen ending. */
  living(): readonly Timed[]
  /** What this work spawns is ours, and no test's: `ps`, say. */
  unheard<T>(this: void, work: () => T): T
  isOurs(pid: number): boolean
  close(): void
}

export interface SpawnsOptions {
  readonly clock: TestClock
  /** Hears of each before anything can end this process. */
  tell(this: void, spawn: Spawn): void
  /** ms that a synchronous call may take; null for no limit. */
  limit(this: void): number | null
  /** A synchronous call was ended because of its limit. */
  over(this: void, call: OverdueCall, spawn: Spawn): void
}

export function watchSpawns({ clock, tell, limit, over }: SpawnsOptions): Spawns {
  const all: Spawn[] = []
  const byLabel = new Map<string, Spawn>()
  const byPid = new Map<number | null, Spawn>()
  let unheard: AsyncLocalStorage<true> | undefined
  const ours = new Set<number>()
  let calls = 0
  let open: (Timed & { hasEnded(): boolean })[] = []
  const enter = (where: Pick<Spawn, 'label' | 'pid' | 'at'>): Spawn => {
    const spawn = { ...where, test: clock.now()?.name ?? null }
    all.push(spawn)
    byPid.set(spawn.pid, spawn)
    byLabel.set(spawn.label, spawn)
    tell(spawn)
    return spawn
  }
  const sites = recordSpawnSites({
    label: { name: SPAWN_LABEL, beside: FILE_COOKIE },
    format: formatOf(placeFrames),
    onSpawn({ pid, label, stack, hasEnded }) {
      if (unheard?.getStore()) {
        ours.add(pid)
        return
      }
      open.push({ pid, ppid: process.pid, startTime: 0, since: now(), hasEnded })
      enter({ label, pid, at: placeOf(stack) })
    },
  })
  const putBack = watchSyncCalls({
    limit,
    label() {
      const label = `sync-${(calls += 1)}`
      enter({ label, pid: null, at: callerPlace() })
      return label
    },
    over(call) {
      const spawn = byLabel.get(call.label)
      if (spawn !== undefined) over(call, spawn)
    },
  })
  return {
    all,
    of: pid => byPid.get(pid),
    labelled: label => byLabel.get(label),
    living() {
      open = open.filter(child => !child.hasEnded())
      return open
    },
    // A file that starts nothing needs none.
    unheard: work => (unheard ??= new AsyncLocalStorage()).run(true, work),
    isOurs: pid => ours.has(pid),
    close() {
      putBack()
      sites.close()
    },
  }
}
