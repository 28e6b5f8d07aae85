/** What runs whose main process is gone have left on this machine, and its end. */
import { readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brandsOf, cookieValues, look, sweep } from '@vitest-pool-lua/sweep'
import type { LookedAt, SweepTarget } from '@vitest-pool-lua/sweep'
import { stateOfMain } from '../pool/main-process.ts'
import { EXEMPTING, RUN_COOKIE } from '../protocol/message.ts'
import { readRunId, runOfFolder } from '../protocol/run-id.ts'

/** Of one run. */
export interface Leftover {
  readonly run: string
  readonly processes: readonly LookedAt[]
  /** Paths. */
  readonly folders: readonly string[]
}

export interface Failure {
  /** A process or a folder, in words. */
  readonly what: string
  readonly reason: string
}

export async function findLeftovers(): Promise<readonly Leftover[]> {
  const folders = foldersOfRuns()
  const held = cookieValues(RUN_COOKIE)
  const found: Leftover[] = []
  for (const run of new Set([...held, ...folders.keys()])) {
    if (!isOver(run)) continue
    const processes = process.platform === 'linux' ? await look(targetOf(run), { exempting: EXEMPTING }) : []
    found.push({ run, processes, folders: folders.get(run) ?? [] })
  }
  return found
}

/** What has VITEST_POOL_LUA_KEEP=1 is listed, and stays. */
export function isToBeEnded({ processes, folders }: Leftover): boolean {
  return folders.length > 0 || processes.some(({ exemption }) => exemption === null)
}

/** Processes first: they may still write into the folders. */
export async function endLeftover({ run, processes, folders }: Leftover): Promise<readonly Failure[]> {
  const failures = processes.length === 0 ? [] : await endProcesses(run)
  return [...failures, ...folders.flatMap(removeFolder)]
}

async function endProcesses(run: string): Promise<readonly Failure[]> {
  const { processes, problem } = await sweep(targetOf(run), { exempting: EXEMPTING })
  const survivors = processes.flatMap(one =>
    one.outcome === 'survived' ? [{ what: `process ${one.pid} (${one.command})`, reason: one.reason }] : [],
  )
  const failed =
    problem === undefined ? [] : [{ what: `the processes of run ${run}`, reason: problem.message }]
  return [...survivors, ...failed]
}

/** What is not a run's, or belongs to another machine's or container's, is nobody's to judge here. */
function isOver(run: string): boolean {
  const main = readRunId(run)
  return main !== undefined && stateOfMain(main) === 'gone'
}

function targetOf(run: string): SweepTarget {
  const { number = 0 } = readRunId(run) ?? {}
  return { cookie: { name: RUN_COOKIE, value: run }, ...(number > 0 && { brand: brandsOf(number) }) }
}

/** Paths by run. */
function foldersOfRuns(): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, string[]>()
  for (const name of readdirSync(tmpdir())) {
    const run = runOfFolder(name)
    if (run !== undefined) folders.set(run, [...(folders.get(run) ?? []), join(tmpdir(), name)])
  }
  return folders
}

function removeFolder(path: string): readonly Failure[] {
  try {
    rmSync(path, { recursive: true, force: true })
    return []
  } catch (error) {
    return [{ what: path, reason: error instanceof Error ? error.message : String(error) }]
  }
}
