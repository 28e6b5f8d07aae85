/**
 * The main process's sweeps: when a worker is gone, of what holds its file
 * cookie; when the run ends, of what holds the run's.
 */
import type { ProcessLeftRunning } from '../protocol/finding.ts'
import { EXEMPTING, FILE_COOKIE, RUN_COOKIE } from '../protocol/message.ts'
import type { Settings } from '../protocol/settings.ts'
import { originsOf } from '../protocol/spawn.ts'
import type { Origin } from '../protocol/spawn.ts'
import { isStray, leftRunning, straySweepOptions } from '../protocol/stray.ts'
import type { Stray } from '../protocol/stray.ts'
import { relativeTo } from '../relative-to.ts'
import type { JournalState } from './journal/journal-state.ts'
import { testAt } from './journal/test-at.ts'
import { monotonic } from './monotonic.ts'
import type { Run, WorkerMarks } from './run.ts'

/**
 * Kept and allowed processes live on until the run ends.
 *
 * @param journal of the worker that is gone: it has written down what it spawned
 */
export async function sweepFile(
  run: Run,
  { fileCookie, brand }: WorkerMarks,
  settings: Settings,
  journal: () => JournalState,
): Promise<ProcessLeftRunning[]> {
  const { allow, termAfter } = straySweepOptions(settings)
  const began = monotonic()
  const result = await run.sweeper.sweep(
    { cookie: { name: FILE_COOKIE, value: fileCookie }, ...(brand && { brand }) },
    { allow, termAfter, keep: [...run.kept] },
  )
  const strays = result.processes.filter(isStray)
  if (strays.length === 0) return []
  const origins = originsIn(journal(), strays, began)
  return strays.map(stray => {
    const { test = null, at = null } = origins.get(stray.pid) ?? {}
    const place = at === null ? null : { ...at, file: relativeTo(settings.runRoot, at.file) }
    return leftRunning(stray, { test, at: place })
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
  const { processes } = await run.sweeper.sweep({
    cookie: { name: RUN_COOKIE, value: run.id },
    ...(run.branding && { brand: run.branding.all }),
  })
  run.reaper.dismiss()
  return processes
    .filter(({ outcome }) => outcome === 'kept')
    .map(
      ({ pid, command }) =>
        `process ${pid} (${command}) is left running, as ${EXEMPTING.name}=${EXEMPTING.value} asks`,
    )
}
