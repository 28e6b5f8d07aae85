import { describe, expect, test } from 'vitest'
import { runVitest } from '../bed/run-vitest.ts'
import { SUPPORTED, VITEST_3 } from '../bed/vitests.ts'

describe.each(SUPPORTED)('on $name', bed => {
  test('wrong settings are one error that lists them all, before any worker starts', async () => {
    const run = await runVitest(bed, 'wrong-settings')
    expect(run.code).toBe(1)
    expect(run.stdout).not.toContain('adds')
    expect(run.stderr.slice(run.stderr.indexOf('PoolError'), run.stderr.indexOf('    at ')))
      .toMatchInlineSnapshot(`
        "PoolError: The settings of lua() cannot be used. 18 things are wrong:
          - runtim: no such setting; there are runtime, scope, setup, packagePath, packageCPath, isolation, afterDeath, maxWorkerRestarts, limits, registries, engines, processes, findings, allow, outputFile
          - isolation: not available yet. Allowed is 'file'
          - limits.call: got "5s", allowed is a number of milliseconds, 1 or more
          - limits.stateMemory: got "a lot", allowed is a size such as '256MB', '10%' of the machine's memory, or a number of bytes
          - limits.settle: got "1s", allowed is a number of milliseconds, 0 or more
          - packageCPath: got "lib/?.so", allowed is an array of patterns like 'lib/?.so'
          - runtime: not available yet. Allowed is 'fengari' or 'wasmoon' or 'luajit' or 'lua5.1' or 'lua5.2' or 'lua5.3' or 'lua5.4'
          - scope: got "suite", allowed is 'file' or 'test'
          - setup: "./test/nowhere.ts" is not a file. Paths are relative to the project's root, <root>
          - registries[0]: "./test/missing.ts" is not a file. Paths are relative to the project's root, <root>
          - registries[1]: not available yet. Allowed is 'prom-client' or the path of a module that exports registries
          - engines[0]: got "./src/db.ts", allowed is 'path#export', like './src/db.ts#disposeAll'
          - engines[1]: got a function, allowed is 'path#export'. Settings travel to another process, which a function cannot: put it in a module and give its path
          - processes.termAfter: got -1, allowed is a number of milliseconds, 0 or more
          - findings.global-changed: not available yet. Leave it out for now
          - findings.nonsense: no such setting; there are *, engine-left-open, engine-duplicated, handle-left-open, descriptor-left-open, process-left-running, process-over-time, registry-grew, memory-grew, teardown-crash, guard-failed
          - findings.engine-left-open: got "fatal", allowed is 'off' or 'warn' or 'error'
          - allow[0].reason: is missing; it says why this finding is expected
        Mend them in your Vitest config, where it calls lua({ ... }); no worker was started. [LUA_POOL_SETTINGS_INVALID]
        "
      `)
  })

  test('a pool that was asked for is not silently replaced', async () => {
    const run = await runVitest(bed, 'plain', { args: ['--pool=threads', '--no-isolate'] })
    expect(run.code).toBe(1)
    expect(run.stderr).toContain(
      'test.pool: got "threads", but lua() brings a pool of its own, of processes: nothing can end native Lua in a thread',
    )
    expect(run.stderr).toContain(
      'test.isolate: got false, but lua() gives each test file a process of its own',
    )
  })

  test("in Vitest's own pool of threads a native runtime is refused with the setting to change", async () => {
    const run = await runVitest(bed, 'threads')
    expect(run.code).toBe(1)
    expect(run.stdout).toContain('1 failed | 1 passed')
    expect(run.stderr).toContain("openLua('luajit') was called in a worker thread.")
    expect(run.stderr).toContain("in Vitest set test.pool to 'forks' or use vitest-pool-lua")
  })

  test('the pool by hand refuses to be without isolation: a worker runs one file', async () => {
    const run = await runVitest(bed, 'by-hand', { args: ['--no-isolate'] })
    expect(run.code).toBe(1)
    expect(run.stderr).toContain('The settings of luaPool() cannot be used. One thing is wrong:')
    expect(run.stderr).toContain(
      'test.isolate: got false, but luaPool() gives each test file a process of its own. Remove this setting, or the pool',
    )
  })

  test('a plugin that is listed twice is told so', async () => {
    const run = await runVitest(bed, 'twice')
    expect(run.code).toBe(1)
    expect(run.stderr).toContain('lua() is listed twice')
  })

  test('an outputFile that projects inherit is relative to the root of the run', async () => {
    const run = await runVitest(bed, 'inherited')
    expect(run.code, run.stderr).toBe(0)
    expect(run.report?.files.map(({ project }) => project).toSorted()).toEqual(['a', 'b'])
    expect(run.stdout).toContain('WARN  engine-left-open  |a| a/test/leaves.test.ts > leaves a state open')
  })

  test('a report that cannot be written is an error that says so', async () => {
    const run = await runVitest(bed, 'unwritable')
    expect(run.code).toBe(1)
    expect(run.stderr).toContain('LUA_POOL_REPORT_NOT_WRITTEN')
  })

  test('a reporter listed by hand beside the plugin shows no second block', async () => {
    const run = await runVitest(bed, 'reporter-by-hand')
    expect(run.code, run.stderr).toBe(0)
    expect(run.stdout.split(' Lua  ')).toHaveLength(2)
    expect(run.report?.files).toHaveLength(1)
  })
})

test('an unsupported Vitest is refused with what to install', async () => {
  const run = await runVitest(VITEST_3, 'plain')
  expect(run.code).toBe(1)
  expect(run.stderr).toContain('vitest-pool-lua works with Vitest ^4.1 and ^5, but this is Vitest 3.2.4.')
  expect(run.stderr).toContain('npm install --save-dev vitest@5')
})
