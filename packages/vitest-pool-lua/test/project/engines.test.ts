import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { block } from '../bed/block.ts'
import { runVitest } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'

describe.each(SUPPORTED)('on $name', bed => {
  test('engines that tests left open are disposed, last opened first, and named', async () => {
    const run = await runVitest(bed, 'engines')
    expect(run.code, run.stdout).toBe(0)
    expect(readFileSync(join(run.folder, 'disposed.log'), 'utf8').split('\n')).toEqual([
      'closed by the test',
      'third',
      'second',
      'first',
      'db orders',
      'opened in globalSetup',
      '',
    ])
    expect(run.report?.files[0]?.engines).toEqual({ opened: 11, disposed: 10, left: 1 })
    expect(run.stderr).toContain('engine-left-open (globalSetup): the server was left open')
    expect(block(run.stdout)).toMatchInlineSnapshot()
  })

  test('at severity error a finding fails its file and shows the line', async () => {
    const run = await runVitest(bed, 'severities')
    expect(run.code).toBe(1)
    expect(run.stdout).toContain('1 failed | 1 passed')
    expect(run.stderr).toContain('LuaFinding: engine-left-open: Lua state (fengari) was left open')
    expect(run.stderr).toContain('test/leaves.test.ts:5:')
    expect(run.report?.run.totals.findings).toEqual({ warn: 0, error: 1 })
  })
})
