/**
 * Runs a fixture project through the real CLI of a bed's Vitest.
 *
 *     const run = await runVitest(VITEST_5, 'eight-files')
 *     run.code      // 0
 *     run.report    // the JSON of the plugin's report, if the fixture writes one
 */
import type { ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { endGroup, startVitest as startCli } from '@vitest-pool-lua/beds'
import { inject, onTestFinished } from 'vitest'
import type { JsonReport } from '../../src/report/json.ts'
import type { Bed } from './vitests.ts'

const FIXTURES = fileURLToPath(new URL('../fixtures', import.meta.url))

export interface Run {
  readonly code: number | null
  /** Without colours, the fixture's folder written as <root>. */
  readonly stdout: string
  readonly stderr: string
  readonly report: JsonReport | undefined
  readonly folder: string
}

export interface RunOptions {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** How many files each process may have open (`ulimit -n`). */
  readonly descriptors?: number
  /** Default 'run'. */
  readonly command?: 'run' | 'list'
}

/** Copies the fixture beside the bed's node_modules and runs it there. */
export async function runVitest(bed: Bed, fixture: string, options: RunOptions = {}): Promise<Run> {
  return runAgain(bed, copyFixture(bed, fixture), options)
}

/** Runs a copy of a fixture in the folder that it has already. */
export async function runAgain(
  bed: Bed,
  folder: string,
  { args = [], env = {}, command = 'run', descriptors }: RunOptions = {},
): Promise<Run> {
  const child = startVitest(bed, folder, [command, ...args], env, descriptors)
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>(resolve => child.once('exit', resolve)),
  ])
  const clean = (output: string): string => stripVTControlCharacters(output).replaceAll(folder, '<root>')
  return { code, stdout: clean(stdout), stderr: clean(stderr), report: readReport(folder), folder }
}

/** The copy is removed when the test is finished. */
export function copyFixture(bed: Bed, fixture: string): string {
  const folder = mkdtempSync(join(inject('beds')[bed.name] ?? '', `${fixture} `))
  cpSync(join(FIXTURES, fixture), folder, { recursive: true })
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The CLI as a process of its own. It is ended with the test if it still runs, and its workers with it. */
export function startVitest(
  bed: Bed,
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  descriptors?: number,
): ChildProcess {
  const child = startCli({
    bed: inject('beds')[bed.name] ?? '',
    folder,
    args,
    env,
    ...(descriptors === undefined ? {} : { descriptors }),
  })
  onTestFinished(() => endGroup(child))
  return child
}

async function text(stream: NodeJS.ReadableStream | null): Promise<string> {
  let all = ''
  for await (const chunk of stream ?? []) all += String(chunk)
  return all
}

function readReport(folder: string): JsonReport | undefined {
  const path = join(folder, 'lua-report.json')
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as JsonReport) : undefined
}
