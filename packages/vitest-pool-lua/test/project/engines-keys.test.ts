import { describe, expect, test } from 'vitest'
import { runVitest } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'

describe.each(SUPPORTED)('on $name', bed => {
  test('a second pool or client for one address is pointed out; what is closed is no finding', async () => {
    const run = await runVitest(bed, 'engines-keys')
    expect(run.code, run.stdout).toBe(0)
    const files = Object.fromEntries((run.report?.files ?? []).map(file => [file.file, file]))

    expect(files['test/closed.test.ts']?.findings).toEqual([])
    expect(files['test/closed.test.ts']?.engines).toMatchObject({ left: 0 })

    const twice = files['test/twice.test.ts']?.findings ?? []
    const lines = twice.map(({ kind, at }) => `${kind} ${at?.line}`)
    expect(lines).toEqual([
      'engine-duplicated 12',
      'engine-duplicated 18',
      'engine-left-open 18',
      'engine-left-open 17',
      'engine-left-open 16',
      'engine-left-open 12',
      'engine-left-open 8',
    ])
    expect(twice.slice(0, 2)).toMatchObject([
      { key: 'postgres://me@db/orders', first: { line: 8 }, test: { fullName: 'opens it again' } },
      { key: 'redis://localhost:6379/0', first: { line: 16 } },
    ])
  })
})
