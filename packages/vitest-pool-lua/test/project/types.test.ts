import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, inject, test } from 'vitest'
import { copyFixture } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'

describe.each(SUPPORTED)('on $name', bed => {
  test('the published types hold what they promise', () => {
    const tsc = join(inject('beds')[bed.name] ?? '', 'node_modules', '.bin', 'tsc')
    const folder = copyFixture(bed, 'types')
    const check = (): string => execFileSync(tsc, ['--project', folder], { encoding: 'utf8', stdio: 'pipe' })
    expect(check).not.toThrow()
  })
})
