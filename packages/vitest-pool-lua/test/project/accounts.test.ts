import { describe, expect, test } from 'vitest'
import { runAgain, runVitest } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'

const UNEVEN = 'Not every test is accounted for'

describe.each(SUPPORTED)('on $name', bed => {
  test('every collected test passes, fails or is skipped, whatever kind of test it is', async () => {
    const run = await runVitest(bed, 'accounts')
    expect(run.code).toBe(1)
    expect(run.stderr).not.toContain(UNEVEN)
    const tests = Object.fromEntries(run.report?.files.map(file => [file.file, file.tests]) ?? [])
    expect(tests).toEqual({
      'test/cannot-be-collected.test.ts': { passed: 0, failed: 0, skipped: 0, lost: 0 },
      'test/empty.test.ts': { passed: 0, failed: 0, skipped: 0, lost: 0 },
      'test/every-kind.test.ts': { passed: 8, failed: 5, skipped: 7, lost: 0 },
      'test/only.test.ts': { passed: 1, failed: 0, skipped: 1, lost: 0 },
    })
  })

  test.each([['--bail=1'], ['--bail=3'], ['--testNamePattern=passes'], ['--sequence.concurrent']])(
    'they do so with %s',
    async arg => {
      const run = await runVitest(bed, 'accounts', { args: [arg] })
      expect(run.stderr).not.toContain(UNEVEN)
      expect(run.report?.files.length).toBeGreaterThan(0)
    },
  )

  test('they have done so where reports of a cancelled run are merged', async () => {
    const blob = ['--reporter=blob', '--outputFile=blobs/one.json']
    const { folder } = await runVitest(bed, 'accounts', { args: ['--bail=1', ...blob] })
    const run = await runAgain(bed, folder, { args: ['--merge-reports=blobs'] })
    expect(run.stdout).toMatch(/Lua {2}\d files? in/)
    expect(run.stderr).not.toContain(UNEVEN)
  })
})
