import { describe, expect, test } from 'vitest'
import { block } from '../bed/block.ts'
import { runVitest } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'

describe.each(SUPPORTED)('on $name', bed => {
  test('eight files run in eight processes, and no file sees what another left in Lua', async () => {
    const run = await runVitest(bed, 'eight-files')
    expect(run.stdout).toContain('16 passed')
    expect(run.code).toBe(0)
    const pids = run.report?.files.flatMap(({ workers }) => workers.map(({ pid }) => pid))
    expect(new Set(pids).size).toBe(8)
    expect(block(run.stdout)).toMatchInlineSnapshot(
      `"Lua  8 files in 8 workers, 8 engines opened and disposed, peak N MB, nothing left behind"`,
    )
  })

  test('with no options at all it works', async () => {
    const run = await runVitest(bed, 'plain')
    expect(run.stdout).toContain('1 passed')
    expect(run.code).toBe(0)
    expect(block(run.stdout)).toMatchInlineSnapshot(
      `"Lua  1 file in 1 worker, 1 engine opened and disposed, peak N MB, nothing left behind"`,
    )
  })

  test('a pool that is configured by hand takes the same options', async () => {
    const run = await runVitest(bed, 'by-hand')
    expect(run.stdout).toContain('2 passed')
    expect(run.code).toBe(0)
    expect(run.report?.files[0]?.file).toBe('test/by-hand.test.ts')
  })

  test('with scope test each test has a fresh state, and setup has run on it', async () => {
    const run = await runVitest(bed, 'scope-test')
    expect(run.code, run.stdout).toBe(0)
    expect(run.report?.files[0]?.engines).toEqual({ opened: 4, disposed: 4, left: 0 })
  })

  test('workers and what they start carry the variables of the contract', async () => {
    const run = await runVitest(bed, 'environment')
    expect(run.code, run.stderr).toBe(0)
    expect(run.stdout).toContain('2 passed')
  })

  test('limits hold for states of the test, for hooks with a timeout of their own, and for concurrent tests', async () => {
    const run = await runVitest(bed, 'limits')
    expect(run.code, run.stderr).toBe(0)
    expect(run.stdout).toContain('6 passed')
  })
})
