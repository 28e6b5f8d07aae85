/**
 * What the workers of one Vitest instance share: the run's id, who is still
 * alive, and what was asked to be kept.
 *
 * It hangs on the Vitest instance, so that all projects of one instance, and
 * its restarts in watch mode, have the same.
 */
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSweeper, identityOf, openBranding } from '@vitest-pool-lua/sweep'
import type { Brand, Branding, Sweeper } from '@vitest-pool-lua/sweep'
import { foundBy } from '../protocol/file-report.ts'
import type { FileIdentity } from '../protocol/file-report.ts'
import { EXEMPTING, RUN_COOKIE, RUN_KEY, SPAWN_LABEL } from '../protocol/message.ts'
import { folderPrefix, runIdOf } from '../protocol/run-id.ts'
import type { Settings, SweepTier } from '../protocol/settings.ts'
import type { Spared } from '../protocol/spared.ts'
import { koffiOf } from './koffi-of.ts'
import { thisMain } from './main-process.ts'
import { runReaper } from './reaper.ts'
import type { RunReaper } from './reaper.ts'
import type { Vitest } from './upstream.ts'

export interface Run {
  /** The value of VITEST_POOL_LUA_RUN. */
  readonly id: string
  /** Remembers which of the machine's processes do not belong to the run, so that each sweep is cheap. */
  sweeper(this: void, tier: SweepTier): Sweeper
  /** With which its workers are branded; undefined where this machine can't. */
  readonly branding: Branding | undefined
  /** Sweeps when this process no longer can. */
  readonly reaper: RunReaper
  /** By name, for files whose worker died before it could tell. */
  readonly projects: Map<string, Project>
  /** That of the whole run: `tree` where all projects ask for it. */
  tier(this: void): SweepTier
  /** Pids that tests asked to keep until the run ends. */
  readonly kept: Set<number>
  /** What was found and left alone, until the run ends. */
  readonly spared: Spared[]
  /** By which the next worker, and what it starts, can be recognised. */
  nextWorker(): WorkerMarks
  /** Path of the journal of the worker with this file cookie. */
  journalOf(fileCookie: string): string
  /** This worker is alive until the promise settles: it holds back `quiet`, and does not outlive this process's exit. */
  alive(worker: ChildProcess, gone: Promise<unknown>): void
  /** Settles when no worker is starting, running or ending. */
  quiet(): Promise<void>
  /** Removes the journals, and ends what is still alive. */
  close(this: void): void
}

type Project = Pick<FileIdentity, 'runtime' | 'tier'>

export function projectOf({ runtime, tier }: Settings, { branding }: Pick<Run, 'branding'>): Project {
  return { runtime, tier: foundBy(tier, branding !== undefined) }
}

export interface WorkerMarks {
  readonly fileCookie: string
  readonly brand: Brand | null
  /** Starts it with the brand, if there are any: the function is given what its command begins with. */
  start<T>(this: void, fork: (command: readonly string[]) => T): T
}

export function runOf(vitest: Vitest): Run {
  const found = Reflect.get(vitest, RUN_KEY) as Run | undefined
  if (found !== undefined) return found
  const run = createRun(vitest.config.root, text => vitest.logger.warn(text))
  Reflect.set(vitest, RUN_KEY, run)
  return run
}

function createRun(root: string, warn: (text: string) => void): Run {
  const branding = openBranding({ koffi: () => koffiOf(root) })
  const id = runIdOf(thisMain(), branding?.id)
  const workers = new Map<ChildProcess, Promise<unknown>>()
  const journals = journalFolder(id)
  const projects = new Map<string, Project>()
  const tier = (): SweepTier => ([...projects.values()].every(one => one.tier === 'tree') ? 'tree' : 'proc')
  const reaper = runReaper({ run: id, brand: branding?.all, tier, folder: journals.path, warn })
  let files = 0

  /** Vitest exits by itself on signals: a worker that is blocked then would not even notice. */
  const close = (): void => {
    process.off('exit', close)
    for (const worker of workers.keys()) worker.kill('SIGKILL')
    journals.remove()
  }
  const forget = async (worker: ChildProcess, gone: Promise<unknown>): Promise<void> => {
    await Promise.allSettled([gone])
    workers.delete(worker)
    if (worker.pid !== undefined) reaper.forget(worker.pid)
  }
  return {
    id,
    sweeper: sweepersOf(id, branding),
    branding,
    reaper,
    projects,
    tier,
    kept: new Set(),
    spared: [],
    nextWorker() {
      files += 1
      return { fileCookie: `${id}.${files}`, ...brandOf(branding, files) }
    },
    journalOf: fileCookie => join(journals.path(), fileCookie),
    alive(worker, gone) {
      if (workers.size === 0) process.off('exit', close).on('exit', close)
      workers.set(worker, gone)
      if (worker.pid !== undefined) reaper.watch(worker.pid)
      worker.once('exit', () => worker.pid !== undefined && reaper.ended(worker.pid))
      void forget(worker, gone)
    },
    async quiet() {
      while (workers.size > 0) await Promise.allSettled(workers.values())
    },
    close,
  }
}

function brandOf(branding: Branding | undefined, number: number): Pick<WorkerMarks, 'brand' | 'start'> {
  if (branding === undefined) return { brand: null, start: fork => fork([]) }
  return { brand: branding.one(number), start: fork => branding.start(number, fork) }
}

/** What belongs to the run is younger than this process, which has made up its marks. */
function sweepersOf(run: string, branding: Branding | undefined): (tier: SweepTier) => Sweeper {
  const since = identityOf(process.pid, 'proc')
  const universe = { cookie: { name: RUN_COOKIE, value: run }, ...(branding && { brand: branding.all }) }
  const options = { exempting: EXEMPTING, label: SPAWN_LABEL, ...(since && { since }) }
  const sweepers = new Map<SweepTier, Sweeper>()
  return tier => {
    // Where there is no /proc on Linux, the best tier is not the one that was asked for.
    const sweeper =
      sweepers.get(tier) ?? createSweeper(universe, { ...options, ...(tier === 'tree' && { tier }) })
    sweepers.set(tier, sweeper)
    return sweeper
  }
}

function journalFolder(run: string): { path(this: void): string; remove(this: void): void } {
  let folder: string | undefined
  return {
    path: () => (folder ??= mkdtempSync(join(tmpdir(), folderPrefix(run)))),
    remove() {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
      folder = undefined
    },
  }
}
