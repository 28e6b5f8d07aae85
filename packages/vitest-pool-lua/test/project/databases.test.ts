/** Pools and clients of real servers: what they do when they are ended in the middle of their work, no fake shows. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findPostgres, startPostgres } from '../bed/postgres.ts'
import { findProgram } from '../bed/programs.ts'
import { startRedisSentinel, startRedisServer } from '../bed/redis-server.ts'
import { runVitest } from '../bed/run-vitest.ts'
import type { Run } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'

describe.each(SUPPORTED)('on $name', bed => {
  test('clients of a real Redis are disposed, busy or not, and what a suite closes is no finding', async ({
    skip,
  }) => {
    const program = findProgram('redis-server')
    if (program === undefined) return skip('no redis-server on the PATH')
    const { port } = await startRedisServer(program)
    const sentinel = await startRedisSentinel(program, port)
    const run = await runVitest(bed, 'databases', {
      args: ['redis'],
      env: { REDIS_PORT: String(port), SENTINEL_PORT: String(sentinel.port) },
    })
    expect(run.code, run.stdout + run.stderr).toBe(0)
    expectNamed(run, 'test/redis-left.test.ts')
  })

  test('pools and clients of a real PostgreSQL are disposed, busy or not', async ({ skip }) => {
    const programs = findPostgres()
    if (typeof programs === 'string') return skip(programs)
    const { port } = await startPostgres(programs)
    const run = await runVitest(bed, 'databases', { args: ['pg'], env: { PG_PORT: String(port) } })
    expect(run.code, run.stdout + run.stderr).toBe(0)
    expectNamed(run, 'test/pg-left.test.ts')
  })
})

/** One file leaves engines, each on a line that says so; the other leaves nothing. */
function expectNamed({ report, folder }: Run, left: string): void {
  const files = Object.fromEntries((report?.files ?? []).map(file => [file.file, file]))
  const clean = left.replace('left', 'clean')
  expect(files[clean]).toMatchObject({ findings: [], tests: { failed: 0 }, engines: { left: 0 } })

  const found = files[left]?.findings.filter(({ kind }) => kind === 'engine-left-open') ?? []
  const lines = readFileSync(join(folder, left), 'utf8').split('\n')
  const marked = lines.flatMap((line, index) => (line.endsWith('// engine') ? [index + 1] : []))
  expect(found.map(({ at }) => at?.line).toReversed()).toEqual(marked)
  expect(found.map(finding => 'outcome' in finding && finding.outcome)).toEqual(marked.map(() => 'disposed'))
  expect(files[left]).toMatchObject({ engines: { opened: marked.length, left: 0 } })
}
