/**
 * Runs test files through the real CLI of a bed.
 *
 *     const outcome = await runProject({ bed, pool: 'lua', files: filesOf(cells), limit: 60_000 })
 */
import { endGroup, startVitest } from '@vitest-pool-lua/beds'
import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { endMarked, leftRunning, newMark } from './left-running.ts'
import type { Mark } from './left-running.ts'
import type { DeathOutcome, FileOutcome, RunEnded, RunOutcome } from './outcome.ts'
import { writeProject } from './project.ts'
import type { TestFiles } from './project.ts'

/** `stock`: Vitest's own forks, without the plugin. */
export type Pool = 'lua' | 'stock'

export interface ProjectRun {
  /** The folder of the bed. */
  readonly bed: string
  readonly pool: Pool
  readonly files: TestFiles
  /** ms after which the run counts as hanging. */
  readonly limit: number
}

const CONFIGS: Record<Pool, string> = { lua: 'vitest.config.ts', stock: 'stock.config.ts' }

export async function runProject({ bed, pool, files, limit }: ProjectRun): Promise<RunOutcome> {
  const folder = writeProject(bed, files)
  const mark = newMark()
  const child = startVitest({ bed, folder, args: ['run', '--config', CONFIGS[pool]], env: mark.env })
  const endAll = (): void => {
    endGroup(child)
    endMarked(mark)
  }
  // Who is ended in the middle of a run leaves nothing of it.
  process.on('exit', endAll)
  try {
    return await outcomeOf({ child, mark, folder, limit, endAll })
  } finally {
    process.off('exit', endAll)
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Going {
  readonly child: ChildProcess
  readonly mark: Mark
  readonly folder: string
  readonly limit: number
  endAll(this: void): void
}

async function outcomeOf({ child, mark, folder, limit, endAll }: Going): Promise<RunOutcome> {
  const began = performance.now()
  let hung = false
  const timer = setTimeout(() => {
    hung = true
    endAll()
  }, limit)
  const texts = Promise.all([textOf(child.stdout), textOf(child.stderr)])
  const exitCode = await new Promise<number | null>(resolve => child.once('exit', resolve))
  const ms = performance.now() - began
  clearTimeout(timer)
  const left = hung ? [] : await leftRunning(mark)
  // What was left may hold the output.
  endAll()
  const output = (await texts).join('')
  return hung
    ? { status: 'hung', ms, output }
    : { status: 'ended', exitCode, ms, left, output, ...told(folder) }
}

/** What the reporter of the fixture wrote, and the pool's report. */
function told(folder: string): Pick<RunEnded, 'files' | 'unhandled'> {
  type Told = Pick<RunEnded, 'unhandled'> & { files: readonly Omit<FileOutcome, 'deaths'>[] }
  type Reported = { files: readonly { file: string; deaths: readonly DeathOutcome[] }[] }
  const { files, unhandled } = readJson<Told>(join(folder, 'outcome.json'), { files: [], unhandled: [] })
  const report = readJson<Reported>(join(folder, 'lua-report.json'), { files: [] })
  const deathsOf = (file: string): readonly DeathOutcome[] =>
    report.files.filter(one => one.file === `test/${file}.test.ts`).flatMap(({ deaths }) => deaths)
  return { files: files.map(file => Object.assign(file, { deaths: deathsOf(file.file) })), unhandled }
}

/** A run that died before it could write has told nothing. */
function readJson<T>(path: string, otherwise: T): T {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : otherwise
}

async function textOf(stream: Readable | null): Promise<string> {
  return stream === null ? '' : text(stream)
}
