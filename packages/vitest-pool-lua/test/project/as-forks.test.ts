import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { linesOf, onBothPools } from '../bed/as-forks.ts'
import { copyFixture, startVitest } from '../bed/run-vitest.ts'
import type { RunOptions } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'
import type { Bed } from '../bed/vitests.ts'

/** Every reporter that prints data, and one that notes every event of a run. */
const ALL_REPORTERS = [
  '--reporter=verbose',
  '--reporter=./support/event-reporter.ts',
  '--reporter=json',
  '--outputFile.json=report.json',
  '--reporter=junit',
  '--outputFile.junit=report.xml',
]

async function same(bed: Bed, steps: readonly RunOptions[]) {
  const { forks, lua } = await onBothPools(bed, 'as-forks', steps)
  for (const [step, told] of lua.entries()) expect(told).toEqual(forks[step])
  return lua
}

describe.each(SUPPORTED)('on $name, as with forks:', bed => {
  test('every state, hook, error, snapshot, annotation and line of output', async () => {
    const [told] = await same(bed, [{ args: ['test/', ...ALL_REPORTERS] }])
    expect(told).toMatchObject({ code: 1 })
    expect(Object.keys(told?.files ?? {})).toContain('test/__snapshots__/concurrent.test.ts.snap')
  })

  test('snapshots in CI, with -u, and of tests that -t leaves out', async () => {
    const [ci, matching, all] = await same(bed, [
      { args: ['test/snapshots'], env: { CI: '1' } },
      { args: ['test/snapshots', '-t', 'matches', '-u'] },
      { args: ['test/snapshots', '-u'] },
    ])
    expect(ci).toMatchObject({ code: 1, files: {} })
    expect(matching?.code).toBe(0)
    expect(Object.keys(all?.files ?? {}).toSorted()).toEqual([
      'test/__snapshots__/file.txt',
      'test/__snapshots__/snapshots.test.ts.snap',
      'test/snapshots.test.ts',
    ])
  })

  test('--bail, and what a worker writes by itself', async () => {
    const told = await same(bed, [
      { args: ['bail/', '--bail=1', ...ALL_REPORTERS] },
      { args: ['raw/', ...ALL_REPORTERS.slice(1)] },
    ])
    expect(told.map(({ code }) => code)).toEqual([1, 0])
  })

  test('-t, shuffled files and tests, a line, a tag, and tap', async () => {
    const told = await same(bed, [
      { args: ['test/states', 'bail/', '-t', 'tries|file 2', '--sequence.shuffle'] },
      { args: ['test/states.test.ts:38', '--reporter=tap'] },
      { args: ['test/states', '--tags-filter=slow', '--reporter=tap-flat'] },
    ])
    expect(told.map(({ code }) => code)).toEqual([1, 1, 1])
  })

  test('blob reports of shards and their merge, and lists of tests', async () => {
    const told = await same(bed, [
      { args: ['test/states', 'test/annotations', 'bail/', '--reporter=blob', '--shard=1/2'] },
      { args: ['test/states', 'test/annotations', 'bail/', '--reporter=blob', '--shard=2/2'] },
      { args: ['--merge-reports', ...ALL_REPORTERS] },
      { command: 'list', args: ['test/import', 'bail/', '--json'] },
    ])
    expect(told[2]?.stdout).toContain(' ✓ test/annotations.test.ts > annotates Nms')
  })

  test.each(['v8', 'istanbul'])('coverage by %s, and heap usage', async provider => {
    const [told] = await same(bed, [
      { args: ['cover/', '--logHeapUsage', '--coverage', `--coverage.provider=${provider}`] },
    ])
    expect(told?.stdout.join('\n')).toMatch(/sum\.ts/)
  })

  test('a rerun in watch mode', async () => {
    const [forks, lua] = await Promise.all([rerun(bed, '1'), rerun(bed, '0')])
    expect(lua).toEqual(forks)
  })
})

/** What a change of a source file makes Vitest print. */
async function rerun(bed: Bed, asForks: string): Promise<readonly string[]> {
  const folder = copyFixture(bed, 'as-forks')
  const child = startVitest(bed, folder, ['watch', 'cover/', '--reporter=verbose'], { AS_FORKS: asForks })
  let shown = ''
  child.stdout?.on('data', chunk => (shown += String(chunk)))
  const wait = { timeout: 30_000, interval: 50 }
  await expect.poll(() => shown, wait).toContain('Waiting for file changes')
  const first = shown.length
  const source = join(folder, 'src', 'sum.ts')
  writeFileSync(source, readFileSync(source, 'utf8').replace('a + b', 'a - b'))
  await expect.poll(() => shown.slice(first), wait).toMatch(/Watching for file changes[^]*to quit/)
  return linesOf(shown.slice(first), folder)
}
