import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, inject, test } from 'vitest'
import { copyFixture, runVitest } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'

describe.each(SUPPORTED)('on $name', bed => {
  test('the published types hold what they promise', () => {
    const tsc = join(inject('beds')[bed.name] ?? '', 'node_modules', '.bin', 'tsc')
    const folder = copyFixture(bed, 'types')
    const check = (): string => execFileSync(tsc, ['--project', folder], { encoding: 'utf8', stdio: 'pipe' })
    expect(check).not.toThrow()
  })

  test('files that are only checked for their types have no worker, and are no part of the report', async () => {
    const run = await runVitest(bed, 'typecheck')
    expect(run.code, run.stderr).toBe(0)
    expect(run.stdout).toMatch(/Tests {2}2 passed/)
    expect(run.stdout).not.toContain('lost')
    expect(run.report?.files.map(({ file }) => file)).toEqual(['test/adds.test.ts'])
  })
})
