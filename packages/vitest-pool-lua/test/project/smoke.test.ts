import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runAgain, runVitest } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'

describe.each(SUPPORTED)('on $name', bed => {
  test('setup, snapshots, vi.mock, concurrent tests, retries and skips are as with forks', async () => {
    const run = await runVitest(bed, 'smoke')
    expect(run.code, run.stderr).toBe(0)
    expect(run.stdout).toContain('11 passed | 1 skipped')
    expect(run.stdout).not.toContain('obsolete')
    expect(run.report?.run.totals.tests).toEqual({ passed: 11, failed: 0, skipped: 1, lost: 0 })
  })

  test.each(['v8', 'istanbul'])('coverage by %s', async provider => {
    const args = ['--coverage', `--coverage.provider=${provider}`]
    const run = await runVitest(bed, 'smoke', { args })
    expect(run.code, run.stderr).toBe(0)
    expect(run.stdout).toMatch(/convert\.ts\s+\|\s+100/)
    expect(run.stdout).toMatch(/rate\.ts\s+\|\s+50/)
  })

  test('a reporter that prints data has standard output for itself', async () => {
    const run = await runVitest(bed, 'smoke', { args: ['--reporter=tap'] })
    expect(run.code, run.stderr).toBe(0)
    expect(run.stdout).toMatch(/^TAP version 13\n/)
    expect(run.stdout).not.toContain(' Lua  ')
    expect(run.stderr).toContain(' Lua  3 files in 3 workers')
  })

  test('junit', async () => {
    const run = await runVitest(bed, 'smoke', { args: ['--reporter=junit', '--outputFile=junit.xml'] })
    expect(run.code, run.stderr).toBe(0)
    expect(readFileSync(join(run.folder, 'junit.xml'), 'utf8')).toMatch(
      /<testsuites name="vitest tests" tests="12" failures="0"/,
    )
  })

  test('-t runs the tests of that name only', async () => {
    const run = await runVitest(bed, 'smoke', { args: ['-t', 'setup has run'] })
    expect(run.code, run.stderr).toBe(0)
    expect(run.stdout).toContain('1 passed | 11 skipped')
  })

  test('of several projects only one may use the pool', async () => {
    const run = await runVitest(bed, 'projects')
    expect(run.code, run.stderr).toBe(0)
    expect(run.stdout).toContain('3 passed')
    expect(run.report?.files.map(({ project, file }) => [project, file])).toEqual([
      ['with-lua', 'test/with-lua.test.ts'],
      ['with-lua-too', 'test/with-lua.test.ts'],
    ])
  })

  test('blob reports that are merged show the report again', async () => {
    const blobs = await runVitest(bed, 'smoke', {
      args: ['--reporter=blob', '--outputFile.blob=.blobs/one.json'],
    })
    expect(blobs.code, blobs.stderr).toBe(0)
    const merged = await runAgain(bed, blobs.folder, { args: ['--merge-reports=.blobs'] })
    expect(merged.code, merged.stderr).toBe(0)
    expect(merged.stdout).toContain(' Lua  3 files in 3 workers')
  })

  test('vitest list collects without running', async () => {
    const run = await runVitest(bed, 'smoke', { command: 'list' })
    expect(run.code, run.stderr).toBe(0)
    expect(run.stdout).toContain('test/price.test.ts > setup has run')
    expect(existsSync(join(run.folder, 'lua-report.json'))).toBe(false)
  })

  test('limits hold though a test leaves fake timers behind', async () => {
    const run = await runVitest(bed, 'fake-timers')
    expect(run.code, run.stderr).toBe(0)
    expect(run.stdout).toContain('hangs was left open and could not be disposed within 5000 ms')
    expect(run.stdout).toContain('waits was left open and was disposed when the file ended')
  })

  test("the user's own runner is kept", async () => {
    const run = await runVitest(bed, 'own-runner')
    expect(run.code, run.stderr).toBe(0)
    expect(readFileSync(join(run.folder, 'runner.log'), 'utf8')).toBe('before a test\nafter a test\n')
  })
})
