/**
 * The main process's sweeps: when a worker is gone, of what holds its file
 * cookie; when the run ends, of what holds the run's.
 */
import type { ProcessGroup } from '@vitest-pool-lua/sweep'
import type { Discovery } from '../protocol/finding.ts'
import { EXEMPTING, FILE_COOKIE, RUN_COOKIE } from '../protocol/message.ts'
import { isStray, leftRunning, notSwept, straySweepOptions } from '../protocol/stray.ts'
import type { SweepSettings } from '../protocol/stray.ts'
import type { Run, WorkerMarks } from './run.ts'

export interface SweptWorker extends Pick<WorkerMarks, 'fileCookie' | 'brand'> {
  /** Undefined where it could not be started. */
  readonly group: ProcessGroup | undefined
}

/** Kept and allowed processes live on until the run ends. Nobody knows any more which test it was. */
export async function sweepFile(
  run: Run,
  { fileCookie, brand, group }: SweptWorker,
  settings: SweepSettings,
): Promise<Discovery[]> {
  const { allow, termAfter } = straySweepOptions(settings)
  const cookie = { name: FILE_COOKIE, value: fileCookie }
  const { tier, processes, problem } = await run
    .sweeper(settings.tier)
    .sweep(
      { cookie, ...(brand && { brand }), ...(group && { groups: [group] }) },
      { allow, termAfter, keep: [...run.kept] },
    )
  const spared = processes.filter(({ outcome }) => outcome === 'kept' || outcome === 'allowed')
  run.spared.push(...spared.map(({ pid, startTime }) => ({ pid, startTime, tier })))
  const strays = processes.filter(isStray).map(stray => leftRunning(stray, { test: null, at: null }))
  return problem === undefined ? strays : [...strays, notSwept(problem)]
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
