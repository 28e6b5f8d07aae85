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
      'db orders',
      'third',
      'second',
      'first',
      'opened in globalSetup',
      '',
    ])
    expect(run.report?.files[0]?.engines).toEqual({ opened: 11, disposed: 10, left: 1 })
    // What globalSetup hands over is ended with the run: no test leaked it.
    expect(run.stderr).not.toContain('globalSetup')
    expect(block(run.stdout)).toMatchInlineSnapshot(`
      "Lua  1 file in 1 worker, on fengari
            engines     11 opened, 10 disposed, 1 left
            registries  put back 0 times
            processes   0 started, 0 ended
            memory      peak N MB (FILE)
            findings    0 errors, 9 warnings

       WARN  engine-duplicated  test/engines.test.ts > opens two engines for one key
              two was opened for the key "redis://a" while one was still open for it
              at test/engines.test.ts:35:3
              first opened at test/engines.test.ts:34:3
       WARN  engine-left-open  test/engines.test.ts > opens two engines for one key
              two was left open and was disposed when the file ended
              at test/engines.test.ts:35:3
       WARN  engine-left-open  test/engines.test.ts > opens two engines for one key
              one was left open and was disposed when the file ended
              at test/engines.test.ts:34:3
       WARN  engine-left-open  test/engines.test.ts > leaves engines of all kinds
              fails was left open and could not be disposed: Error: will not close
              at test/engines.test.ts:26:3
       WARN  engine-left-open  test/engines.test.ts > leaves engines of all kinds
              third was left open and was disposed when the file ended
              at test/engines.test.ts:25:3
       WARN  engine-left-open  test/engines.test.ts > leaves engines of all kinds
              second was left open and was disposed when the file ended
              at test/engines.test.ts:24:3
       WARN  engine-left-open  test/engines.test.ts > leaves engines of all kinds
              first was left open and was disposed when the file ended
              at test/engines.test.ts:23:3
       WARN  engine-left-open  test/engines.test.ts > leaves two Lua states open
              Lua state (fengari) was left open and was disposed when the file ended
              at test/engines.test.ts:14:3
       WARN  engine-left-open  test/engines.test.ts > leaves two Lua states open
              Lua state (fengari) was left open and was disposed when the file ended
              at test/engines.test.ts:13:3"
    `)
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
