import { describe, expect, test } from 'vitest'
import { runVitest } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'

const MISSING = 'this Node has node:sqlite behind a flag only'

describe.each(SUPPORTED)('on $name', bed => {
  test('a database of node:sqlite is tracked whoever got the module first', async ({ skip }) => {
    skip(process.getBuiltinModule('node:sqlite') === undefined, MISSING)
    const run = await runVitest(bed, 'sqlite')
    expect(run.code, run.stdout).toBe(0)
    const found = run.report?.files.flatMap(({ findings }) => findings) ?? []
    expect(found.map(({ kind, at }) => `${kind} ${at?.file}:${at?.line}`).toSorted()).toEqual([
      'engine-left-open test/by-process.test.ts:5',
      'engine-left-open test/database.mjs:5',
    ])
  })
})
