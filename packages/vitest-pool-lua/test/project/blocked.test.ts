import { describe, expect, test } from 'vitest'
import { runVitest } from '../bed/run-vitest.ts'
import type { Run } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'
import { reasonMissing } from '../reason-missing.ts'

const RUNTIMES = ['fengari', 'wasmoon', 'luajit', 'lua5.4'] as const

const reasons = new Map<string, string | undefined>()
for (const runtime of RUNTIMES) reasons.set(runtime, await reasonMissing(runtime))
const installed = RUNTIMES.filter(runtime => reasons.get(runtime) === undefined)

/** Several workers have to be forked and ended for each of them. */
const LIMIT = 240_000

/** What Vitest printed of one failure, without what differs from run to run. */
function failure({ stderr }: Run, title: string): string {
  const start = stderr.indexOf(`FAIL  ${title}\n`)
  if (start === -1) return `no failure ${title} in:\n${stderr}`
  return stderr
    .slice(start, stderr.indexOf('⎯⎯⎯⎯', start))
    .replaceAll(/Its memory: .*/g, 'Its memory: N')
    .trim()
}

describe.each(SUPPORTED)('on $name', bed => {
  test(
    'whatever blocks in JavaScript fails its test with its place, and the rest of the file goes on',
    { timeout: LIMIT },
    async () => {
      const run = await runVitest(bed, 'blocked', { args: ['js.test'] })
      expect(run.code).toBe(1)
      expect(run.stdout).toContain('8 failed | 2 passed (10)')
      // What Node says of its inspector is nobody's business.
      expect(run.stdout + run.stderr).not.toContain('ebugger')

      expect(failure(run, 'test/js.test.ts > a loop')).toMatchInlineSnapshot(`
        "FAIL  test/js.test.ts > a loop
        WorkerDeath: The worker was blocked: it gave no sign of life for 500 ms after the timeout of its test, 600 ms.
        It was at test/js.test.ts:12:3.
        Its memory: N
         ❯ test/js.test.ts:12:3
             10|
             11| test('a loop', () => {
             12|   while (true) {}
               |   ^
             13| })
             14|"
      `)
      expect(failure(run, 'test/js.test.ts > a loop after an await')).toMatchInlineSnapshot(`
        "FAIL  test/js.test.ts > a loop after an await
        WorkerDeath: The worker was blocked: it gave no sign of life for 500 ms after the timeout of its test, 600 ms.
        It was in waitFor, src/busy.ts:10:3.
        This test ran in a fresh worker, after another was blocked: it gave no sign of life for 500 ms after the timeout of its test, 600 ms in "a loop of a helper".
        Its memory: N
         ❯ waitFor src/busy.ts:10:3
              8|   let step: number = 0
              9|   const isDone = (): boolean => step === job.steps
             10|   while (!isDone()) {
               |   ^
             11|     step = (step + 1) % 1000
             12|   }
         ❯ test/js.test.ts:21:3"
      `)
      expect(failure(run, 'test/js.test.ts > a loop of a helper')).toContain('❯ waitFor src/busy.ts:10:3')
      expect(failure(run, 'test/js.test.ts > a regular expression')).toMatchInlineSnapshot(`
        "FAIL  test/js.test.ts > a regular expression
        WorkerDeath: The worker was blocked: it gave no sign of life for 500 ms after the timeout of its test, 600 ms.
        It was in String.match, test/js.test.ts:25:33.
        This test ran in a fresh worker, after another was blocked: it gave no sign of life for 500 ms after the timeout of its test, 600 ms in "a loop after an await".
        Its memory: N
         ❯ test/js.test.ts:25:33
             23|
             24| test('a regular expression', () => {
             25|   expect('a'.repeat(100) + 'b').toMatch(/^(a+)+$/)
               |                                 ^
             26| })
             27|"
      `)
      expect(failure(run, 'test/js.test.ts > a chain of promises')).toContain('The worker was blocked')
      expect(failure(run, 'test/js.test.ts > Atomics.wait')).toMatchInlineSnapshot(`
        "FAIL  test/js.test.ts > Atomics.wait
        WorkerDeath: The worker was blocked: it gave no sign of life for 500 ms after the timeout of its test, 600 ms.
        It was in Atomics.wait, test/js.test.ts:34:11.
        This test ran in a fresh worker, after another was blocked: it gave no sign of life for 500 ms after the timeout of its test, 600 ms in "a chain of promises".
        Its memory: N
         ❯ test/js.test.ts:34:11
             32| test('Atomics.wait', () => {
             33|   const flag = new Int32Array(new SharedArrayBuffer(4))
             34|   Atomics.wait(flag, 0, 0)
               |           ^
             35| })
             36|"
      `)
      expect(failure(run, 'test/js.test.ts > execSync')).toMatchInlineSnapshot(`
        "FAIL  test/js.test.ts > execSync
        WorkerDeath: The worker was blocked: it gave no sign of life for 500 ms after the timeout of its test, 600 ms.
        It was in execSync('sleep 1000'), test/js.test.ts:38:3.
        This test ran in a fresh worker, after another was blocked: it gave no sign of life for 500 ms after the timeout of its test, 600 ms in "Atomics.wait".
        Its memory: N
         ❯ test/js.test.ts:38:3
             36|
             37| test('execSync', () => {
             38|   execSync('sleep 1000')
               |   ^
             39| })
             40|"
      `)
      expect(failure(run, 'test/js.test.ts > a BigInt')).toMatchInlineSnapshot(`
        "FAIL  test/js.test.ts > a BigInt
        WorkerDeath: The worker was blocked: it gave no sign of life for 500 ms after the timeout of its test, 600 ms.
        It could not be asked where it was: it was in a native call, or listens to SIGUSR1, or was started with --disable-sigusr1.
        This test ran in a fresh worker, after another was blocked: it gave no sign of life for 500 ms after the timeout of its test, 600 ms in "execSync".
        Its memory: N"
      `)

      const [file] = run.report?.files ?? []
      expect(file?.tests).toEqual({ passed: 2, failed: 8, skipped: 0, lost: 0 })
      expect(file?.workers).toHaveLength(9)
      expect(file?.deaths.map(({ verdict, at }) => [verdict, at && `${at.file}:${at.line}`])).toEqual([
        ['blocked', 'test/js.test.ts:12'],
        ['blocked', 'src/busy.ts:10'],
        ['blocked', 'src/busy.ts:10'],
        ['blocked', 'test/js.test.ts:25'],
        ['blocked', expect.anything()],
        ['blocked', 'test/js.test.ts:34'],
        ['blocked', 'test/js.test.ts:38'],
        ['blocked', null],
      ])
    },
  )

  test(
    'what blocks in a hook, among concurrent tests or while it is imported is told of there',
    { timeout: LIMIT },
    async () => {
      const run = await runVitest(bed, 'blocked', { args: ['hooks.test', 'concurrent.test', 'import.test'] })
      expect(run.code).toBe(1)
      // Two tests by their hooks and two that ran at once; that of beforeAll is skipped.
      expect(run.stdout).toContain('4 failed | 4 passed | 1 skipped (9)')

      expect(failure(run, 'test/hooks.test.ts > beforeAll')).toMatchInlineSnapshot(`
        "FAIL  test/hooks.test.ts > beforeAll
        WorkerDeath: The worker was blocked: it gave no sign of life for 500 ms after the timeout of beforeAll, 600 ms, in the beforeAll hook of "beforeAll".
        It was in waitFor, src/busy.ts:10:3.
        Its memory: N
         ❯ waitFor src/busy.ts:10:3
              8|   let step: number = 0
              9|   const isDone = (): boolean => step === job.steps
             10|   while (!isDone()) {
               |   ^
             11|     step = (step + 1) % 1000
             12|   }
         ❯ block test/hooks.test.ts:4:44
         ❯ test/hooks.test.ts:7:19"
      `)
      expect(failure(run, 'test/hooks.test.ts > beforeEach > dies')).toContain(
        'after the timeout of beforeEach, 900 ms',
      )
      expect(failure(run, 'test/hooks.test.ts > afterEach > dies')).toContain('❯ test/hooks.test.ts:21:31')
      expect(failure(run, 'test/hooks.test.ts > afterAll')).toContain('❯ test/hooks.test.ts:28:18')
      expect(failure(run, 'test/concurrent.test.ts > at once > awaits')).toContain(
        'Beside it ran "at once > blocks": it was "at once > blocks".',
      )
      expect(failure(run, 'test/concurrent.test.ts > at once > blocks')).toContain(
        'Beside it ran "at once > awaits", but it was this test.',
      )
      expect(failure(run, 'test/import.test.ts [ test/import.test.ts ]')).toMatchInlineSnapshot(`
        "FAIL  test/import.test.ts [ test/import.test.ts ]
        WorkerDeath: The worker was blocked: it gave no sign of life when 2,000 ms for collecting its file (limits.collect) were over.
        It was in waitFor, src/busy.ts:10:3.
        It was importing src/forever.ts.
        Its memory: N
         ❯ waitFor src/busy.ts:10:3
              8|   let step: number = 0
              9|   const isDone = (): boolean => step === job.steps
             10|   while (!isDone()) {
               |   ^
             11|     step = (step + 1) % 1000
             12|   }
         ❯ src/forever.ts:3:31
         ❯ test/import.test.ts:2:1"
      `)
    },
  )

  test('Lua that blocks is told of by chunk and line', { timeout: LIMIT }, async ({ skip }) => {
    skip(installed.length === 0, 'none of the runtimes is installed')
    const run = await runVitest(bed, 'blocked-lua', { env: { RUNTIMES: installed.join(',') } })
    expect(run.code).toBe(1)
    const count = installed.length
    expect(run.stdout).toContain(`${4 * count} failed | ${count} passed (${5 * count})`)
    for (const runtime of installed) {
      const of = (name: string): string => failure(run, `|${runtime}| test/lua.test.ts > ${name}`)
      expect(of('a pattern')).toContain(`It was in Lua (${runtime}), lua/forever.lua:17:1.`)
      expect(of('a pattern')).toContain('17|   return (string.find(')
      expect(of('a function that Lua calls')).toContain('❯ waitFor src/busy.ts:10:3')
      expect(of('a function that Lua calls')).toContain('❯ function lua/forever.lua:21:1')
      // Compiled code looks at no limit, and is seen from outside.
      expect(of('a loop')).toContain(
        runtime === 'luajit' ? `It was in Lua (luajit), lua/forever.lua:` : 'LuaTimeoutError',
      )
      const seen = runtime === 'fengari' || runtime === 'wasmoon'
      expect(of('a loop that nobody limits')).toContain(
        seen ? '❯ spin lua/forever.lua:5:1' : 'It could not be asked where it was: it was in a native call',
      )
    }
  })
})
