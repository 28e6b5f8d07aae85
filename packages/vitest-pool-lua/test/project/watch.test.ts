import type { ChildProcess } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { copyFixture, startVitest } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'

/** Collects what a process prints, to be waited for. */
function listen(child: ChildProcess): { printed(): string } {
  let all = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => (all += String(chunk)))
  return { printed: () => stripVTControlCharacters(all) }
}

describe.each(SUPPORTED)('on $name', bed => {
  test('a change of a Lua file reruns the test files that loaded it, and no other', async () => {
    const folder = copyFixture(bed, 'smoke')
    const output = listen(startVitest(bed, folder, ['--watch']))
    const wait = { timeout: 30_000, interval: 50 }
    await expect.poll(() => output.printed(), wait).toContain('Waiting for file changes')
    expect(output.printed()).toContain('11 passed | 1 skipped')

    const price = join(folder, 'lua', 'price.lua')
    writeFileSync(price, readFileSync(price, 'utf8').replace('local sum = 0', 'local sum = 100'))
    await expect.poll(() => output.printed(), wait).toMatch(/RERUN.*price\.lua/)
    await expect.poll(() => output.printed(), wait).toContain('1 failed | 2 passed')
    expect(output.printed()).toContain('expected 206 to be 6')
    expect(JSON.parse(readFileSync(join(folder, 'lua-report.json'), 'utf8'))).toMatchObject({
      run: { totals: { files: 3, tests: { passed: 10, failed: 1, skipped: 1, lost: 0 } } },
    })
  })
})
