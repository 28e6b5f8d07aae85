import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { copyFixture, runAgain } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'
import type { Bed } from '../bed/vitests.ts'

function bedFolder(bed: Bed): string {
  return inject('beds')[bed.name] ?? ''
}

/** A copy of a fixture whose `vitest-pool-lua` is a link to a folder elsewhere. */
function fixtureLinkedTo(bed: Bed, fixture: string, target: string): string {
  const folder = copyFixture(bed, fixture)
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(target, join(folder, 'node_modules', 'vitest-pool-lua'), 'dir')
  return folder
}

/** The package outside of every node_modules, as in a workspace: Vite takes it for source code. */
function copyOutside(bed: Bed): string {
  const folder = mkdtempSync(join(bedFolder(bed), 'outside '))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(join(bedFolder(bed), 'node_modules', 'vitest-pool-lua'), folder, { recursive: true })
  return folder
}

describe.each(SUPPORTED)('on $name', bed => {
  test.each(['scope-test', 'by-hand'])(
    'a package that is linked from a workspace works (%s)',
    async fixture => {
      const run = await runAgain(bed, fixtureLinkedTo(bed, fixture, copyOutside(bed)))
      expect(run.code, run.stderr).toBe(0)
      expect(run.stdout).toContain('engines opened and disposed')
    },
  )

  test("a package that is linked from beside another Vitest takes the project's own", async () => {
    const other = SUPPORTED.find(one => one !== bed) ?? bed
    const target = join(bedFolder(other), 'node_modules', 'vitest-pool-lua')
    const run = await runAgain(bed, fixtureLinkedTo(bed, 'scope-test', target))
    expect(run.code, run.stderr).toBe(0)
    expect(run.stdout).toContain('5 passed')
  })
})
