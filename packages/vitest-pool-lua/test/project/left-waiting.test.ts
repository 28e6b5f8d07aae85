import { describe, expect, test } from 'vitest'
import { runVitest } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'

describe.each(SUPPORTED)('on $name', bed => {
  test('what tests still wait for is ended with the file, and no run fails for that', async () => {
    const run = await runVitest(bed, 'left-waiting', { args: ['waiting'] })
    expect(run.code, run.stdout + run.stderr).toBe(0)
    expect(run.stderr).not.toContain('Unhandled')
    const kinds = run.report?.files[0]?.findings.map(({ kind }) => kind) ?? []
    expect(kinds.toSorted()).toEqual([
      'engine-left-open',
      'engine-left-open',
      'process-left-running',
      'process-left-running',
    ])
  })

  test('an error of a test that leaves something is told as ever', async () => {
    const run = await runVitest(bed, 'left-waiting', { args: ['own-error'] })
    expect(run.code).toBe(1)
    expect(run.stderr).toContain('Error: an error of its own')
    expect(run.report?.files[0]?.findings).toMatchObject([{ kind: 'engine-left-open' }])
  })
})
