import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { outcomes, readTold, toldOften } from '../bed/told.ts'
import type { Told } from '../bed/told.ts'
import { runVitest } from '../bed/run-vitest.ts'
import type { Run } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'
import type { Bed } from '../bed/vitests.ts'
import type { LuaOptions } from '../../src/protocol/settings.ts'

const KILLED = /The worker ended itself by process\.kill\(\d+, 'SIGKILL'\)/

interface DeathRun extends Run {
  readonly told: Told
}

async function run(bed: Bed, args: readonly string[], options?: LuaOptions): Promise<DeathRun> {
  const env = options === undefined ? {} : { LUA_OPTIONS: JSON.stringify(options) }
  const result = await runVitest(bed, 'deaths', { args, env })
  expect(result.code, result.stderr).toBe(1)
  const told = readTold(result.folder)
  expect(toldOften(told)).toEqual([])
  expect(told.errors).toEqual([])
  return { ...result, told }
}

function errorsOf({ told }: DeathRun, task: string): readonly string[] {
  return told.tasks[task]?.errors ?? []
}

describe.each(SUPPORTED)('on $name', bed => {
  test('retry: a death is one attempt, and its error is kept', async () => {
    const { told, ...rest } = await run(bed, ['attempts'], { maxWorkerRestarts: 20 })
    expect(outcomes(told, 'attempts')).toEqual({})
    expect(errorsOf({ told, ...rest }, 'attempts > dies, fails and passes')).toEqual([
      expect.stringMatching(KILLED),
      expect.stringContaining('expected true to be false'),
    ])
  })

  test('concurrent tests, blocks in order and .only', async () => {
    const done = await run(bed, ['concurrent', 'sequential', 'only'])
    expect(outcomes(done.told, 'concurrent')).toEqual({
      'at once': 'failed',
      'at once > is over': 'passed',
      'at once > awaits': 'failed',
      'at once > dies': 'failed',
      'after them': 'passed, resumed',
    })
    expect(errorsOf(done, 'concurrent > at once > awaits')[0]).toContain('Beside it ran "at once > dies"')
    expect(errorsOf(done, 'concurrent > at once > dies')[0]).toContain('Beside it ran "at once > awaits"')
    expect(outcomes(done.told, 'sequential')).toEqual({
      'in order': 'failed',
      'in order > first': 'passed',
      'in order > dies': 'failed',
      'in order > third': 'failed, lost',
      'in order > nested': 'failed',
      'in order > nested > fourth': 'failed, lost',
      another: 'passed',
      'another > goes on': 'passed, resumed',
    })
    expect(errorsOf(done, 'sequential > in order > nested > fourth')).toEqual([
      expect.stringMatching(/it stands in "in order", whose tests are to run in order, and .* the worker ended/),
    ])
    expect(outcomes(done.told, 'only')).toEqual({
      'is left out': 'skipped',
      'a suite': 'failed',
      'a suite > dies': 'failed',
      'a suite > is left out': 'skipped',
      'a suite > goes on': 'passed, resumed',
    })
  })

  test('suites that are over are not run again, those that go on begin again', async () => {
    const { told } = await run(bed, ['suites'])
    expect(outcomes(told, 'suites')).toEqual({
      earlier: 'failed',
      'earlier > passes': 'passed',
      'earlier > fails': 'failed',
      outer: 'failed',
      'outer > passes': 'passed',
      'outer > inner': 'failed',
      'outer > inner > passes': 'passed',
      'outer > inner > dies': 'failed',
      'outer > inner > goes on': 'passed, resumed',
      'outer > inner > is skipped': 'skipped',
      'outer > inner > is to be done': 'skipped',
      'outer > goes on': 'passed, resumed',
      later: 'passed',
      'later > goes on': 'passed, resumed',
    })
    expect(told.printed.stdout?.replaceAll('suites: ', '').trim().split('\n')).toEqual([
      ...['file begins', 'earlier begins', 'earlier ends', 'outer begins', 'inner begins'],
      ...['file begins', 'outer begins', 'inner begins', 'inner ends', 'outer ends', 'file ends'],
    ])
  })

  test('a death in a hook fails what that hook stands for', async () => {
    const done = await run(bed, ['hooks'])
    expect(outcomes(done.told, 'hooks')).toEqual({
      'beforeAll dies': 'failed',
      'beforeAll dies > is skipped': 'skipped',
      'beforeEach dies': 'failed',
      'beforeEach dies > first': 'failed',
      'beforeEach dies > second': 'passed, resumed',
      'afterEach dies': 'failed',
      'afterEach dies > first': 'failed',
      'afterEach dies > second': 'passed, resumed',
      outer: 'failed',
      'outer > before': 'passed, resumed',
      'outer > afterAll dies': 'failed',
      'outer > afterAll dies > passes': 'passed, resumed',
      'outer > after': 'passed, resumed',
    })
    expect(errorsOf(done, 'hooks > beforeAll dies')).toEqual([
      expect.stringContaining(', in the beforeAll hook of "beforeAll dies".'),
    ])
    expect(errorsOf(done, 'hooks > outer > afterAll dies')).toEqual([
      expect.stringContaining(', in the afterAll hook of "outer > afterAll dies".'),
    ])
    expect(errorsOf(done, 'hooks > afterEach dies > first')).toEqual([
      expect.stringContaining(', in the afterEach hook of "afterEach dies".'),
    ])
  })

  test('a death while a file or a setup file is imported fails the file, and names the import', async () => {
    const done = await run(bed, ['import', 'setup-file'])
    expect(errorsOf(done, 'import')).toEqual([expect.stringMatching(/It was importing .*support\/dies\.ts\./)])
    expect(errorsOf(done, 'setup-file')).toEqual([
      expect.stringMatching(/It was importing .*support\/setup\.ts\./),
    ])
    expect(done.stdout).toMatch(/Test Files {2}2 failed \(2\)/)
  })

  test('snapshots: old ones are not obsolete, new ones are written, inline too', async () => {
    const { folder, stdout } = await run(bed, ['snapshots'])
    expect(stdout).toMatch(/Snapshots {2}4 written\n/)
    expect(snapshotsIn(folder)).toMatchInlineSnapshot(`
      "dies 1: "kept though it dies"
      differs 1: "old"
      matches 1: "kept"
      matches after it 1: "kept too"
      new 1: "before the death"
      new after it 1: "after the death"
      inline: \`"inline, before the death"\`
      inline: \`"inline, after the death"\`"
    `)
  })

  test('snapshots with -u: those of the dead worker are updated, and none is removed', async () => {
    const { folder, stdout } = await run(bed, ['snapshots', '-u'], {})
    expect(stdout).toMatch(/Snapshots {2}4 written\n\s+1 updated\n/)
    expect(snapshotsIn(folder)).toMatchInlineSnapshot()
  })

  test('output, annotations and errors of tests that had ended are there once, in order', async () => {
    const done = await run(bed, ['output', ...reporters])
    const { tasks, printed } = done.told
    expect(outcomes(done.told, 'output')).toEqual({
      prints: 'passed',
      annotates: 'passed',
      'fails softly': 'failed',
      'is finished': 'passed',
      dies: 'failed',
      'prints after it': 'passed, resumed',
      'skips itself': 'skipped, resumed',
    })
    expect(tasks['output > annotates']).toMatchObject({
      annotations: [
        ['a note', false],
        ['with a file', true],
      ],
      own: { kept: true },
    })
    expect(tasks['output > dies']?.annotations).toEqual([['before it dies', false]])
    expect(errorsOf(done, 'output > fails softly')).toHaveLength(2)
    expect(printed.stderr).toBe('output: to stderr\n')
    expect(printed.stdout?.replaceAll('output: ', '').trim().split('\n')).toEqual([
      ...['at import', 'one', 'two', 'finished', 'last words'],
      ...['at import', 'three', 'the end'],
    ])
    const json = JSON.parse(readFileSync(join(done.folder, 'report.json'), 'utf8')) as object
    expect(json).toMatchObject({ numTotalTests: 7, numPassedTests: 4, numFailedTests: 2, numPendingTests: 1 })
    expect(readFileSync(join(done.folder, 'report.xml'), 'utf8')).toContain('tests="7" failures="2"')
    const tap = readFileSync(join(done.folder, 'report.tap'), 'utf8')
    expect(tap.match(/^(ok|not ok) .*/gm)).toMatchInlineSnapshot()
  })

  test('restarts that are used up, none at all, and --bail', async () => {
    const few = await run(bed, ['three'], { maxWorkerRestarts: 1 })
    expect(outcomes(few.told, 'three')).toEqual({})
    const skip = await run(bed, ['three'], { afterDeath: 'skip' })
    expect(outcomes(skip.told, 'three')).toEqual({})
    const bail = await run(bed, ['three', '--bail=1'])
    expect(outcomes(bail.told, 'three')).toEqual({})
  })

  test('-t and a line hold in a fresh worker', async () => {
    const named = await run(bed, ['three', '-t', 'death|last'])
    expect(outcomes(named.told, 'three')).toEqual({})
    const line = await run(bed, ['three.test.ts:7'])
    expect(outcomes(line.told, 'three')).toEqual({})
  })
})

const reporters = [
  ...['--reporter=verbose', '--reporter=./support/told-reporter.ts'],
  ...['json', 'xml', 'tap'].flatMap(kind => {
    const name = kind === 'xml' ? 'junit' : kind
    return [`--reporter=${name}`, `--outputFile.${name}=report.${kind}`]
  }),
]

function snapshotsIn(folder: string): string {
  const stored = readFileSync(join(folder, 'test/__snapshots__/snapshots.test.ts.snap'), 'utf8')
  const inline = /toMatchInlineSnapshot\((.*)\)\)/g
  const source = readFileSync(join(folder, 'test/snapshots.test.ts'), 'utf8')
  const stand = [...stored.matchAll(/^exports\[`(.*)`\] = `(.*)`;$/gm)].map(([, name, value]) => `${name}: ${value}`)
  return [...stand, ...[...source.matchAll(inline)].map(([, value]) => `inline: ${value}`)].join('\n')
}
