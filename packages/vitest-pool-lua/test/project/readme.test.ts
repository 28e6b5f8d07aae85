import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { block } from '../bed/block.ts'
import { runAgain } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'

const README = new URL('../../../../README.md', import.meta.url)

/** The blocks of the README that say on their first line which file they are. */
function filesOf(markdown: string): Map<string, string> {
  const blocks = markdown.matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)
  return new Map([...blocks].map(([, path = '', code = '']) => [path, code]))
}

describe.each(SUPPORTED)('on $name', bed => {
  test('who follows the README has a passing first test and a quiet report', async () => {
    const files = filesOf(readFileSync(README, 'utf8'))
    expect([...files.keys()]).toEqual(['vitest.config.ts', 'test/adds.test.ts'])
    const folder = mkdtempSync(join(inject('beds')[bed.name] ?? '', 'readme '))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    for (const [path, code] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), code)
    }
    const run = await runAgain(bed, folder)
    expect(run.code, run.stderr).toBe(0)
    expect(run.stdout).toContain('2 passed')
    expect(block(run.stdout)).toMatchInlineSnapshot(
      `"Lua  1 file in 1 worker, 1 engine opened and disposed, peak N MB, nothing left behind"`,
    )
  })
})
