import { describe, expect, test } from 'vitest'
import { runVitest } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'

describe.each(SUPPORTED)('on $name', bed => {
  test('branches run in processes of the installed package, and leave nothing to find', async () => {
    const run = await runVitest(bed, 'branches')
    expect(run.code, run.stdout + run.stderr).toBe(0)
    expect(run.stdout).toContain('2 passed')
    expect(run.stdout).toContain('nothing left behind')
  })
})
