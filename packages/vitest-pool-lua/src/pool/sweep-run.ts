/**
 * The main process's sweeps: when a worker is gone, of what holds its file
 * cookie; when the run ends, of what holds the run's.
 */
import type { ProcessGroup } from '@vitest-pool-lua/sweep'
import type { Discovery } from '../protocol/finding.ts'
import { EXEMPTING, FILE_COOKIE, RUN_COOKIE } from '../protocol/message.ts'
import type { Settings } from '../protocol/settings.ts'
import { originsOf } from '../protocol/spawn.ts'
import type { Origin } from '../protocol/spawn.ts'
import { isStray, leftRunning, notSwept, straySweepOptions } from '../protocol/stray.ts'
import { sparedBy } from '../protocol/spared.ts'
import type { Stray } from '../protocol/stray.ts'
import { relativePlace } from '../relative-to.ts'
import type { JournalState } from './journal/journal-state.ts'
import { testAt } from './journal/test-at.ts'
import { monotonic } from './monotonic.ts'
import type { Run, WorkerMarks } from './run.ts'

export interface SweptWorker extends Pick<WorkerMarks, 'fileCookie' | 'brand'> {
  /** Undefined where it could not be started. */
  readonly group: ProcessGroup | undefined
}

/**
 * Kept and allowed processes live on until the run ends.
 *
 * @param journal of the worker that is gone: it has written down what it spawned
 */
export async function sweepFile(
  run: Run,
  { fileCookie, brand, group }: SweptWorker,
  settings: Settings,
  journal: () => JournalState,
): Promise<Discovery[]> {
  const { allow, termAfter } = straySweepOptions(settings)
  const cookie = { name: FILE_COOKIE, value: fileCookie }
  const began = monotonic()
  const result = await run
    .sweeper(settings.tier)
    .sweep(
      { cookie, ...(brand && { brand }), ...(group && { groups: [group] }) },
      { allow, termAfter, keep: [...run.kept] },
    )
  const { processes, problem } = result
  run.spared.push(...sparedBy(result))
  const strays = processes.filter(isStray)
  const found = strays.length === 0 ? [] : toldOf(strays, originsIn(journal(), strays, began), settings)
  return problem === undefined ? found : [...found, notSwept(problem)]
}

function toldOf(
  strays: readonly Stray[],
  origins: ReadonlyMap<number, Origin>,
  { runRoot }: Settings,
): Discovery[] {
  return strays.map(stray => {
    const { test = null, at = null } = origins.get(stray.pid) ?? {}
    return leftRunning(stray, { test, at: relativePlace(runRoot, at) })
  })
}

/** @param seenAt when the ages of strays were learnt, about */
function originsIn(
  { spawns, memory }: JournalState,
  strays: readonly Stray[],
  seenAt: number,
): ReadonlyMap<number, Origin> {
  return originsOf(strays, spawns, ({ ageMs }) => testAt(memory, seenAt - ageMs))
}

/** After the run nothing is exempt any more but what carries VITEST_POOL_LUA_KEEP=1: that is told. */
export async function sweepRun(run: Run): Promise<string[]> {
  await run.quiet()
  run.close()
  const told = await sweepSpared(run)
  run.reaper.dismiss()
  return told
}

async function sweepSpared(run: Run): Promise<string[]> {
  const sweeper = run.sweeper(run.tier())
  const known = run.spared.filter(({ tier }) => tier === sweeper.tier)
  // This tier sees no cookies.
  if (sweeper.tier === 'tree' && known.length === 0) return []
  const { processes, problem } = await sweeper.sweep({
    cookie: { name: RUN_COOKIE, value: run.id },
    ...(run.branding && { brand: run.branding.all }),
    known,
  })
  const kept = processes
    .filter(({ outcome }) => outcome === 'kept')
    .map(
      ({ pid, command }) =>
        `process ${pid} (${command}) is left running, as ${EXEMPTING.name}=${EXEMPTING.value} asks`,
    )
  return problem === undefined ? kept : [...kept, notSwept(problem).text]
}
