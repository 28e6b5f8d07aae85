/**
 * The main process's sweeps: when a worker is gone, of what holds its file
 * cookie; when the run ends, of what holds the run's.
 */
import type { SweepResult } from '@vitest-pool-lua/sweep'
import type { ProcessLeftRunning } from '../protocol/finding.ts'
import { EXEMPTING, FILE_COOKIE, RUN_COOKIE } from '../protocol/message.ts'
import { isStray, leftRunning, straySweepOptions } from '../protocol/stray.ts'
import type { SweepSettings } from '../protocol/stray.ts'
import type { Run, WorkerMarks } from './run.ts'

/** Kept and allowed processes live on until the run ends. Nobody knows any more which test it was. */
export async function sweepFile(
  run: Run,
  { fileCookie, brand }: WorkerMarks,
  settings: SweepSettings,
): Promise<ProcessLeftRunning[]> {
  const { allow, termAfter } = straySweepOptions(settings)
  const result = await run.sweeper.sweep(
    { cookie: { name: FILE_COOKIE, value: fileCookie }, ...(brand && { brand }) },
    { allow, termAfter, keep: [...run.kept] },
  )
  return strays(result)
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

function strays({ processes }: SweepResult): ProcessLeftRunning[] {
  return processes.filter(isStray).map(stray => leftRunning(stray, { test: null, at: null }))
}
