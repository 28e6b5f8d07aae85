import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runVitest } from '../bed/run-vitest.ts'
import type { Run } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'

describe.each(SUPPORTED)('on $name', bed => {
  test('116 engines that 29 tests leave open are disposed, and each is named with its line', async () => {
    const run = await runVitest(bed, 'engines-unasked')
    expect(run.code, run.stdout).toBe(0)
    expect(run.report?.files[0]).toMatchObject({
      tests: { passed: 29, failed: 0 },
      deaths: [],
      engines: { opened: 116, disposed: 116, left: 0 },
    })
    expect(placesOf(run)).toEqual(markedIn(run))
    expect(run.report?.files[0]?.findings.filter(({ kind }) => kind !== 'engine-left-open')).toEqual([])
    expect(run.stdout).not.toContain('secret')

    // What another process saw, after the file's end and before the worker's: neither a socket nor a file.
    const seen = JSON.parse(readFileSync(join(run.folder, 'seen.json'), 'utf8')) as string[]
    expect(seen.filter(target => target.startsWith(run.folder))).toEqual([])
    expect(seen.filter(target => target.startsWith('socket:')).length).toBeLessThan(OWN_SOCKETS + 1)
  })
})

/** Of a worker: the channel to the main process, and its standard streams. */
const OWN_SOCKETS = 4

/** `test/engines.test.ts:25` and how often: each test runs its lines as often as its cases say. */
function placesOf({ report }: Run): Record<string, number> {
  const places = (report?.files[0]?.findings ?? []).map(({ at }) => `${at?.file}:${at?.line}`)
  return counted(places.map(place => [place, 1]))
}

function markedIn({ folder }: Run): Record<string, number> {
  return counted(
    ['test/engines.test.ts', 'test/library.ts'].flatMap(file => {
      const lines = readFileSync(join(folder, file), 'utf8').split('\n')
      const times = file === 'test/library.ts' ? 2 : 3
      return lines.flatMap((line, index) =>
        line.endsWith('// engine') ? [[`${file}:${index + 1}`, times] as const] : [],
      )
    }),
  )
}

function counted(entries: readonly (readonly [string, number])[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const [name, times] of entries) counts[name] = (counts[name] ?? 0) + times
  return counts
}
