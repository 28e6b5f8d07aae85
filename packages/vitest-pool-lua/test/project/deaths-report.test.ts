import { describe, expect, test } from 'vitest'
import type { FileReport } from '../../src/protocol/file-report.ts'
import { runVitest } from '../bed/run-vitest.ts'
import type { Run } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'

describe.each(SUPPORTED)('on $name', bed => {
  test('deaths and what memory did are in the terminal and in the JSON', async () => {
    const run = await runVitest(bed, 'deaths-report')
    expect(run.code).toBe(1)
    expect(run.stdout).toContain('4 files in 5 workers')
    expect(run.stdout).toMatch(
      /deaths {6}3 \((?=.*1 died-in-test)(?=.*1 died-after-file)(?=.*1 over-memory).*\)/,
    )
    const { deaths, findings } = paragraphs(run)
    expect(deaths).toMatchInlineSnapshot(`
      "DEATH  died-in-test  test/crashes.test.ts > crashes
              its worker ended itself by process.kill(PID, 'SIGSEGV')
              at test/crashes.test.ts:5:11
              memory N MB -> peak N MB -> N MB
              2 tests after it ran in a fresh worker
      DEATH  over-memory  test/is-over.test.ts > holds too much
              its worker was ended at N MB of resident memory, over its limit of N MB (limits.workerMemory); N MB of it came while "holds too much" ran
              memory N MB -> peak N MB -> N MB"
    `)
    expect(findings).toMatchInlineSnapshot(`
      " WARN  memory-grew  test/grows.test.ts > grows most
              its worker grew by N MB, from N MB to N MB; most in "grows most" (N MB), "grows a little" (N MB)
       WARN  teardown-crash  test/after.test.ts (outside of a test)
              its worker ended itself by process.kill(PID, 'SIGSEGV'), after the file's last hook
              at test/after.test.ts:6:65"
    `)
    expect(run.report?.run.totals).toMatchObject({
      tests: { passed: 6, failed: 3, skipped: 0, lost: 0 },
      deaths: 3,
      findings: { warn: 2, error: 0 },
    })
    expect(fileOf(run, 'crashes')).toMatchObject({
      tests: { passed: 2, failed: 2, skipped: 0, lost: 0 },
      resumed: 2,
      lostReason: null,
      deaths: [{ verdict: 'died-in-test', test: { fullName: 'crashes' }, signal: 'SIGSEGV', code: null }],
      workers: [{ reused: false }, { reused: false }],
    })
    expect(fileOf(run, 'grows')?.findings).toMatchObject([
      {
        kind: 'memory-grew',
        test: { fullName: 'grows most' },
        tests: [{ test: { fullName: 'grows most' } }, { test: { fullName: 'grows a little' } }],
      },
    ])
  })

  test.each([
    ['off', 0],
    ['warn', 0],
    ['error', 1],
  ])('a teardown crash of severity %s ends the run with %i, and is in the JSON', async (severity, code) => {
    const run = await runVitest(bed, 'deaths-report', {
      args: ['after'],
      env: { TEARDOWN_CRASH: severity },
    })
    expect(run.code, run.stderr).toBe(code)
    expect(run.stdout.includes('teardown-crash  test/after.test.ts')).toBe(severity !== 'off')
    expect(run.stdout.includes('nothing left behind')).toBe(severity === 'off')
    expect(fileOf(run, 'after')).toMatchObject({
      deaths: [{ verdict: 'died-after-file', signal: 'SIGSEGV' }],
      tests: { passed: 1, failed: 0, skipped: 0, lost: 0 },
    })
  })

  test('samples of memory stand in the order in which they were taken', async () => {
    const run = await runVitest(bed, 'deaths-report', { args: ['is-over'] })
    const [death] = fileOf(run, 'is-over')?.deaths ?? []
    const memory = death?.memory ?? []
    expect(memory.length).toBeGreaterThan(3)
    // The tests take 50 MB at a time and never let go of anything.
    const losses = memory.map(({ rss }, index) => (memory[index - 1]?.rss ?? 0) - rss)
    expect(Math.max(...losses)).toBeLessThan(25_000_000)
  })

  test('tests that cannot be run any more are failed, counted as lost, and the report says why', async () => {
    const run = await runVitest(bed, 'deaths-report', { args: ['crashes'], env: { RESTARTS: '0' } })
    expect(run.code).toBe(1)
    expect(fileOf(run, 'crashes')).toMatchObject({
      tests: { passed: 1, failed: 3, skipped: 0, lost: 2 },
      resumed: 0,
      lostReason: expect.stringContaining('maxWorkerRestarts is 0') as string,
      workers: [{ reused: false }],
    })
    expect(paragraphs(run).deaths).toMatchInlineSnapshot(`
      "DEATH  died-in-test  test/crashes.test.ts > crashes
              its worker ended itself by process.kill(PID, 'SIGSEGV')
              at test/crashes.test.ts:5:11
              memory N MB -> peak N MB -> N MB
              2 tests could not be run any more
                This test was not run: the worker of this file died once (maxWorkerRestarts is 0); it ended itself by process.kill(PID, 'SIGSEGV')."
    `)
  })
})

function fileOf(run: Run, name: string): FileReport | undefined {
  return run.report?.files.find(({ file }) => file === `test/${name}.test.ts`)
}

/** Of the block, sorted, because files come in no order; without the numbers that no two runs share. */
function paragraphs({ stdout }: Run): { readonly deaths: string; readonly findings: string } {
  const told = stdout
    .slice(stdout.indexOf(' Lua  '))
    .split(/\n(?=DEATH| WARN|ERROR)/)
    .slice(1)
    .map(text =>
      text
        .trimEnd()
        .replaceAll(/\d+ MB/g, 'N MB')
        .replaceAll(/kill\(\d+/g, 'kill(PID'),
    )
    .toSorted()
  return {
    deaths: told.filter(text => text.startsWith('DEATH')).join('\n'),
    findings: told.filter(text => !text.startsWith('DEATH')).join('\n'),
  }
}
