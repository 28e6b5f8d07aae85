import { describe, expect, test } from 'vitest'
import { errorsOf, runDeaths } from '../bed/run-deaths.ts'
import { outcomes } from '../bed/told.ts'
import { SUPPORTED } from '../bed/vitests.ts'

const KILLED = /The worker ended itself by process\.kill\(\d+, 'SIGKILL'\)/

/** Of three.test.ts, where nothing runs after the first death. */
const REST_SKIPPED = {
  passes: 'passed',
  'first death': 'failed',
  between: 'skipped',
  'a suite': 'skipped',
  'a suite > second death': 'skipped',
  'a suite > is left': 'skipped',
  'third death': 'skipped',
  'is skipped': 'skipped',
  'a skipped suite': 'skipped',
  'a skipped suite > is skipped too': 'skipped',
  last: 'skipped',
}

describe.each(SUPPORTED)('on $name', bed => {
  test('retry: a death is one attempt, and its error is kept', async () => {
    const { told, ...rest } = await runDeaths(bed, ['attempts'], { maxWorkerRestarts: 20 })
    expect(outcomes(told, 'attempts')).toEqual({
      'lives the second time': 'passed, 1 retries, resumed',
      'dies, fails and passes': 'passed, 2 retries, resumed',
      'dies each time': 'failed, 1 retries, resumed',
      'has another condition': 'failed, resumed',
      'dies in its second repetition': 'failed, resumed',
      'should fail, and dies': 'failed, resumed',
      'after them': 'passed, resumed',
      'fails in a fresh worker': 'failed',
      'fails in a fresh worker > it does': 'failed, resumed',
    })
    const after = /This test ran in a fresh worker, after another ended itself .* in "should fail, and dies"/
    expect(errorsOf({ told, ...rest }, 'attempts > fails in a fresh worker > it does')).toEqual([
      expect.stringMatching(after),
    ])
    expect(errorsOf({ told, ...rest }, 'attempts > dies, fails and passes')).toEqual([
      expect.stringMatching(KILLED),
      expect.stringContaining('expected true to be false'),
    ])
  })

  test('concurrent tests, blocks in order and .only', async () => {
    const done = await runDeaths(bed, ['concurrent', 'sequential', 'only'])
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
      expect.stringMatching(
        /it stands in "in order", whose tests are to run in order, and .* the worker ended/,
      ),
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
    const { told } = await runDeaths(bed, ['suites'])
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
      'file begins',
      'earlier begins',
      'earlier ends',
      'outer begins',
      'inner begins',
      'file begins',
      'outer begins',
      'inner begins',
      'inner ends',
      'outer ends',
      'file ends',
    ])
  })

  test('a death in a hook fails what that hook stands for', async () => {
    const done = await runDeaths(bed, ['hooks'])
    expect(outcomes(done.told, 'hooks')).toEqual({
      'beforeAll dies': 'failed',
      'beforeAll dies > is skipped': 'skipped',
      'beforeAll dies > nested': 'skipped',
      'beforeAll dies > nested > is skipped too': 'skipped',
      'beforeEach dies': 'failed',
      'beforeEach dies > first': 'failed, resumed',
      'beforeEach dies > second': 'passed, resumed',
      'afterEach dies': 'failed',
      'afterEach dies > first': 'failed, resumed',
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
    const done = await runDeaths(bed, ['import', 'setup-file'])
    expect(errorsOf(done, 'import')).toEqual([
      expect.stringMatching(/It was importing .*support\/dies\.ts\./),
    ])
    expect(errorsOf(done, 'setup-file')).toEqual([
      expect.stringMatching(/It was importing .*support\/setup\.ts\./),
    ])
    expect(done.stdout).toMatch(/Test Files {2}2 failed \(2\)/)
  })

  test('restarts that are used up, none at all, and --bail', async () => {
    const few = await runDeaths(bed, ['three'], { maxWorkerRestarts: 1 })
    expect(outcomes(few.told, 'three')).toEqual({
      passes: 'passed',
      'first death': 'failed',
      between: 'passed, resumed',
      'a suite': 'failed',
      'a suite > second death': 'failed, resumed',
      'a suite > is left': 'failed, lost',
      'third death': 'failed, lost',
      'is skipped': 'skipped',
      'a skipped suite': 'skipped',
      'a skipped suite > is skipped too': 'skipped',
      last: 'failed, lost',
    })
    expect(errorsOf(few, 'three > last')).toEqual([expect.stringContaining('(maxWorkerRestarts is 1)')])
    const skip = await runDeaths(bed, ['three'], { afterDeath: 'skip' })
    expect(outcomes(skip.told, 'three')).toEqual(REST_SKIPPED)
    const bail = await runDeaths(bed, ['three', '--bail=1'])
    expect(outcomes(bail.told, 'three')).toEqual(REST_SKIPPED)
    expect(bail.stdout).toMatch(/Lua {2}1 file in 1 worker,/)
  })

  test('-t and a line hold in a fresh worker', async () => {
    const named = await runDeaths(bed, ['three', '-t', 'death|last'])
    expect(outcomes(named.told, 'three')).toEqual({
      passes: 'skipped',
      'first death': 'failed',
      between: 'skipped',
      'a suite': 'failed',
      'a suite > second death': 'failed, resumed',
      'a suite > is left': 'skipped',
      'third death': 'failed, resumed',
      'is skipped': 'skipped',
      'a skipped suite': 'skipped',
      'a skipped suite > is skipped too': 'skipped',
      last: 'passed, resumed',
    })
    const line = await runDeaths(bed, ['test/three.test.ts:7', 'test/three.test.ts:11'])
    expect(outcomes(line.told, 'three')).toEqual({
      passes: 'skipped',
      'first death': 'skipped',
      between: 'skipped',
      'a suite': 'failed',
      'a suite > second death': 'failed',
      'a suite > is left': 'passed, resumed',
      'third death': 'failed, resumed',
      'is skipped': 'skipped',
      'a skipped suite': 'skipped',
      'a skipped suite > is skipped too': 'skipped',
      last: 'skipped',
    })
  })
})
