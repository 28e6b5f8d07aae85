import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { block } from '../bed/block.ts'
import { runVitest } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'

/** The command lines of this machine's living processes that contain a text. */
function running(text: string): string[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(commandOf)
    .filter(command => command.includes(text))
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return '' // It has ended since it was listed.
  }
}

describe.runIf(process.platform === 'linux').each(SUPPORTED)('on $name', bed => {
  test('what tests left running is ended, and named with its test and line', async () => {
    const run = await runVitest(bed, 'processes')
    expect(run.code).toBe(0)
    expect(running('sleep 10.0')).toEqual([])
    expect(run.report?.files[0]?.processes).toEqual({ started: 6, ended: 3 })
    expect(block(run.stdout)).toMatchInlineSnapshot(`
      "Lua  1 file in 1 worker, on fengari
            engines     0 opened, 0 disposed, 0 left
            registries  put back 0 times
            processes   6 started, 3 ended
            memory      peak N MB (FILE)
            findings    0 errors, 3 warnings

       WARN  process-left-running  test/strays.test.ts > plain
              process N (sleep 1000) was left running and was ended
              at test/strays.test.ts:6:3
       WARN  process-left-running  test/strays.test.ts > under a shell, in the background
              process N (sleep 1001) was left running and was ended
       WARN  process-left-running  test/strays.test.ts > detached
              process N (sleep 1002) was left running and was ended
              at test/strays.test.ts:15:3"
    `)
  })

  test('the tier that asks ps finds and ends what descends from the worker', async () => {
    const run = await runVitest(bed, 'processes-tree')
    expect(run.code, run.stdout).toBe(0)
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

  test('what is allowed lives until the run ends, and is no finding', async () => {
    const run = await runVitest(bed, 'processes-allowed')
    expect(run.code, run.stdout).toBe(0)
    expect(run.report?.files.map(({ findings }) => findings)).toEqual([[], []])
    expect(running('sleep 13.0')).toEqual([])
  })

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
      { kind: 'process-left-running', command: 'sleep 1400', outcome: 'ended' },
    ])
    expect(run.stdout).toContain('DEATH  died-in-test  test/death.test.ts > starts a process and dies')
    expect(run.report?.run.totals).toMatchObject({
      tests: { failed: 1, lost: 0 },
      processes: { started: 1, ended: 1 },
    })
    expect(running('sleep 1400')).toEqual([])
  })
})
