/**
 * What a fixture project says on Vitest's own forks and on this pool, told so that the two can be compared: what
 * differs from run to run is written as N, and what the plugin says when there is nothing to say is taken away.
 *
 *     const { forks, lua } = await onBothPools(VITEST_5, 'as-forks', [{ args: ['-t', 'passes'] }])
 *     expect(lua).toEqual(forks)
 *
 * The fixture's config leaves the plugin out where AS_FORKS is 1.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { consoleOf, withoutConsole } from './console-blocks.ts'
import { copyFixture, runAgain } from './run-vitest.ts'
import type { RunOptions } from './run-vitest.ts'
import type { Bed } from './vitests.ts'

export interface Told {
  readonly code: number | null
  /** Its lines in alphabetical order: in which order tests of one file are told depends on batches. */
  readonly stdout: readonly string[]
  readonly stderr: string
  /** What tests printed, by stream and task: when Vitest tells it beside its own lines depends on timers. */
  readonly printed: Readonly<Record<string, string>>
  /** What the run has written or changed, by path. */
  readonly files: Readonly<Record<string, string>>
}

/** Runs the steps one after the other in one copy of the fixture for each pool, both pools at once. */
export async function onBothPools(
  bed: Bed,
  fixture: string,
  steps: readonly RunOptions[],
): Promise<{ forks: Told[]; lua: Told[] }> {
  const runs = ['1', '0'].map(asForks => runSteps(bed, copyFixture(bed, fixture), { steps, asForks }))
  const [forks = [], lua = []] = await Promise.all(runs)
  return { forks, lua }
}

async function runSteps(
  bed: Bed,
  folder: string,
  { steps, asForks }: { readonly steps: readonly RunOptions[]; readonly asForks: string },
): Promise<Told[]> {
  const told: Told[] = []
  for (const { env, ...step } of steps) {
    const before = read(folder)
    const run = await runAgain(bed, folder, { ...step, env: { ...env, AS_FORKS: asForks } })
    const [stdout, stderr] = [settle(run.stdout), settle(run.stderr)]
    told.push({
      code: run.code,
      stdout: linesOf(withoutConsole(stdout), folder),
      stderr: withoutConsole(stderr),
      printed: { ...consoleOf(stdout), ...consoleOf(stderr) },
      files: written(before, read(folder)),
    })
  }
  return told
}

export function linesOf(output: string, folder: string): readonly string[] {
  return settle(output.replaceAll(folder, '<root>')).split('\n').toSorted()
}

/** Every file of a project, by path, but for blobs: they are compared when they are merged. */
function read(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.name.startsWith('blob'))
    .map(entry => join(entry.parentPath, entry.name))
  return Object.fromEntries(
    paths.map(path => [
      path.slice(folder.length + 1),
      laidOut(path).replaceAll(folder, '<root>').replaceAll(encodeURI(folder), '<root>'),
    ]),
  )
}

/** JSON as lines, without the plugin's own meta: so that a difference is shown where it is. */
function laidOut(path: string): string {
  const text = readFileSync(path, 'utf8')
  if (!path.endsWith('.json')) return text
  return JSON.stringify(
    JSON.parse(text, (key, value: unknown) => (key === 'lua' ? undefined : value)),
    null,
    1,
  )
}

function written(before: Record<string, string>, after: Record<string, string>): Record<string, string> {
  const news = Object.entries(after).filter(([path, text]) => before[path] !== text)
  return Object.fromEntries(news.map(([path, text]) => [settle(path), settle(text)]))
}

/** In this order: what a later one would not recognise after an earlier one stands first. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  [/^ Lua {2}.*nothing left behind\n\n/gm, ''],
  [/^ *(Start at|Duration) .*\n/gm, ''],
  // Vitest 5 says what `isolate: false` would save.
  [/^ *Isolate .*\n.*\n\n/gm, ''],
  [/"(duration|startTime|endTime)": ?[\d.]+/g, '"$1": N'],
  [/ (time|timestamp|hostname)="[^"]*"/g, ''],
  [/ # time=.*/g, ''],
  [/\b\d+ MB heap used/g, 'N MB heap used'],
  [/ \d+(\.\d+)?m?s\b/g, ' Nms'],
  // Of an attachment: by its path.
  [/-[\da-f]{40}\./g, '-HASH.'],
  // Frames of the runner, which is wrapped here, and where a whole stack is shown as text.
  [/(\\n|\n) +(at|❯) (?!.*<root>)[^\n"]*?(node_modules\/|node:|new Promise)[^\n"\\]*/g, ''],
]

function settle(text: string): string {
  return VARYING.reduce((all, [pattern, by]) => all.replaceAll(pattern, by), text)
}
