import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { block } from '../bed/block.ts'
import { runVitest } from '../bed/run-vitest.ts'
import type { Run } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'
import { reasonMissing } from '../reason-missing.ts'

const hasPrlimit = spawnSync('prlimit', ['--version']).status === 0
const missing = await reasonMissing('lua5.4')

/** The command lines of this machine's living processes that match an expression. */
function running(expression: string): string[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(commandOf)
    .filter(command => new RegExp(expression).test(command))
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return '' // It has ended since it was listed.
  }
}

interface TestResults {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[]
  }[]
}

/** Of each process, by what it was given: its test and the line that spawned it. */
function originsIn({ report }: Run): Record<string, unknown> {
  const found = report?.files.flatMap(({ findings }) => findings) ?? []
  const sleeps = found.flatMap(finding => {
    if (finding.kind !== 'process-left-running') return []
    const [, time] = /^sleep (\d+)$/.exec(finding.command) ?? []
    const where = [finding.test?.fullName ?? 'outside of a test', finding.at?.line ?? null]
    return time === undefined ? [] : [[time, where]]
  })
  return Object.fromEntries(sleeps) as Record<string, unknown>
}

describe.runIf(process.platform === 'linux').each(SUPPORTED)('on $name', bed => {
  test('what tests left running is ended, and named with its test and line', async () => {
    const run = await runVitest(bed, 'processes')
    expect(run.code).toBe(0)
    expect(running('sleep 10.0')).toEqual([])
    expect(run.report?.files[0]?.processes).toMatchObject({ started: 6, ended: 3 })
    expect(run.report?.files[0]?.processes.tier).toBe(hasPrlimit ? 'brand' : 'proc')
    expect(block(run.stdout)).toMatchInlineSnapshot(`
      "Lua  1 file in 1 worker, on fengari
            engines     0 opened, 0 disposed, 0 left
            registries  put back 0 times
            processes   6 started, 3 ended (tier TIER)
            memory      peak N MB (FILE)
            findings    0 errors, 3 warnings

       WARN  process-left-running  test/strays.test.ts > plain
              process N (sleep 1000) was left running and was ended: USAGE
              at test/strays.test.ts:6:3
       WARN  process-left-running  test/strays.test.ts > under a shell, in the background
              process N (sleep 1001) was left running and was ended: USAGE
              at test/strays.test.ts:10:17
       WARN  process-left-running  test/strays.test.ts > detached
              process N (sleep 1002) was left running and was ended: USAGE
              at test/strays.test.ts:15:3"
    `)
  })

  test('each process that is ended is named with its test and line, however it was started', async ({
    skip,
  }) => {
    skip(missing !== undefined, missing)
    const run = await runVitest(bed, 'processes-origins', { args: ['alive'] })
    expect(run.code, run.stderr).toBe(0)
    expect(running('sleep 15')).toEqual([])
    expect(originsIn(run)).toEqual({
      '1500': ['outside of a test', 14],
      '1501': ['execa', 18],
      '1502': ['tinyexec', 22],
      '1503': ['cluster', 27],
      '1504': ['a daemon of a call that waits', 31],
      '1505': ['a daemon of a shell', 35],
      '1506': ['a grandchild', 39],
      '1507': ['a daemon that cleared its environment', null],
      '1508': ['a worker thread', null],
      '1509': ['native code', null],
    })
  })

  test('a worker that dies has written down what its tests had spawned', async () => {
    const run = await runVitest(bed, 'processes-origins', { args: ['dead'] })
    expect(run.code).toBe(1)
    expect(running('sleep 16')).toEqual([])
    expect(originsIn(run)).toEqual({
      '1601': ['leaves one and passes', 9],
      '1602': ['leaves a daemon and dies', 14],
      '1603': ['leaves one of which nothing shows the spawn, and dies', null],
      '1604': ['waits for a process for ever', 26],
    })
  })

  test('a process over its time limit is ended, and its test fails where it spawned it', async () => {
    const run = await runVitest(bed, 'processes-timeout', { args: ['over'] })
    expect(run.code).toBe(1)
    expect(running('sleep 17')).toEqual([])
    const results = JSON.parse(readFileSync(join(run.folder, 'results.json'), 'utf8')) as TestResults
    expect(results.testResults[0]?.assertionResults.map(({ title, status }) => [title, status])).toEqual([
      ['waits for one that takes too long', 'failed'],
      ['waits for a shell that takes too long', 'failed'],
      ['has a call that waits too long, and expects that', 'failed'],
      ['is faster when it is tried again', 'passed'],
      ['has passed when its process takes too long', 'failed'],
      ['runs meanwhile', 'passed'],
    ])
    const places = run.stderr.matchAll(
      /LuaFinding: process-over-time: process \d+ \(([^)]*)\)[^❯]*❯ \S+:(\d+):\d+/g,
    )
    expect([...places].map(([, command, line]) => [command, Number(line)])).toEqual([
      ['sleep 1701', 9],
      ['sh -c sleep 1702; :', 13],
      ['sleep 1703; :', 17],
      ['sleep 1705', 25],
    ])
    expect(run.report?.run.totals).toMatchObject({
      tests: { passed: 2, failed: 4 },
      findings: { warn: 5, error: 0 },
    })
  })

  test('a process over its time limit that belongs to no test fails its file', async () => {
    const run = await runVitest(bed, 'processes-timeout', { args: ['before'] })
    expect(run.code).toBe(1)
    expect(run.stderr).toContain('FAIL  test/before.test.ts [ test/before.test.ts ]')
    expect(run.stderr).toContain('❯ test/before.test.ts:6:14')
    expect(run.report?.run.totals.tests).toMatchObject({ passed: 1, failed: 0 })
  })

  test('the tier that asks ps finds and ends what descends from the worker', async () => {
    const run = await runVitest(bed, 'processes-tree')
    expect(run.code, run.stdout).toBe(0)
    expect(run.report?.files[0]?.processes).toEqual({ started: 2, ended: 2, tier: 'tree' })
    expect(running('sleep 11.0')).toEqual([])
    const found = run.report?.files[0]?.findings.map(finding => [finding.kind, finding.test?.fullName])
    expect(found).toEqual([
      ['process-left-running', 'plain'],
      ['process-left-running', 'detached'],
    ])
  })

  test('a stray that holds the output of the worker does not hold up the run', async () => {
    const run = await runVitest(bed, 'processes-stdio')
    expect(run.code, run.stdout).toBe(0)
    expect(running('sleep 1200')).toEqual([])
    expect(run.report?.files[0]?.findings).toMatchObject([{ kind: 'process-left-running' }])
  })

  test.each(['proc', 'tree'])(
    'what is allowed lives until the run ends, and is no finding, in the tier %s',
    async tier => {
      const run = await runVitest(bed, 'processes-allowed', { env: { TIER: tier } })
      expect(run.code, run.stdout).toBe(0)
      expect(run.report?.files.map(({ findings }) => findings)).toEqual([[], []])
      expect(running('sleep 13.0')).toEqual([])
    },
  )

  test('what carries VITEST_POOL_LUA_KEEP=1 outlives the run, and is told', async () => {
    const run = await runVitest(bed, 'processes-for-good')
    expect(run.code, run.stdout).toBe(0)
    const [, pid] = /process (\d+) \(sleep 1600\) is left running/.exec(run.stderr) ?? []
    process.kill(Number(pid), 'SIGKILL')
    expect(run.report?.run.totals.findings).toEqual({ warn: 0, error: 0 })
  })

  test('what is started while a worker ends is ended and told, also after the report', async () => {
    const run = await runVitest(bed, 'processes-late')
    expect(run.code).toBe(1)
    expect(running('sleep 1900')).toEqual([])
    for (const file of ['late', 'later']) {
      expect(run.stdout).toContain(`ERROR  process-left-running  test/${file}.test.ts`)
    }
    expect(run.report?.run.totals.findings).toEqual({ warn: 0, error: 2 })
    expect(run.report?.run.totals.processes).toEqual({ started: 2, ended: 2 })
  })

  test('a worker that dies takes what its tests started with it, and nothing hangs', async () => {
    const run = await runVitest(bed, 'processes-death')
    expect(run.code).toBe(1)
    expect(run.report?.files[0]?.deaths).toMatchObject([{ verdict: 'died-in-test', signal: 'SIGKILL' }])
    expect(run.report?.files[0]?.findings).toMatchObject([
      {
        kind: 'process-left-running',
        command: 'sleep 1400',
        outcome: 'ended',
        test: { fullName: 'starts a process and dies' },
        at: { file: 'test/death.test.ts', line: 5 },
      },
    ])
    expect(run.stdout).toContain('DEATH  died-in-test  test/death.test.ts > starts a process and dies')
    expect(run.report?.run.totals).toMatchObject({
      tests: { failed: 1, lost: 0 },
      processes: { started: 1, ended: 1 },
    })
    expect(running('sleep 1400')).toEqual([])
  })
})
