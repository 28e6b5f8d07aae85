/** The reaper of a run that ends by itself; of all other ends packages/strays knows. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { runVitest } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'

describe.runIf(process.platform === 'linux').each(SUPPORTED)('on $name', bed => {
  test('a run has one reaper for all its files, which ends with it', async () => {
    const run = await runVitest(bed, 'reaper')

    expect(run.code, run.stderr).toBe(0)
    const seen = readFileSync(join(run.folder, 'reapers'), 'utf8').trim().split('\n')
    expect(seen).toHaveLength(3)
    expect(new Set(seen).size).toBe(1)
    const commandLine = `/proc/${seen[0]}/cmdline`
    while (existsSync(commandLine) && readFileSync(commandLine, 'utf8').includes('reaper')) await wait(20)
  })

  test('a run whose reaper is killed says so once, and gets another one with a later file', async () => {
    const run = await runVitest(bed, 'reaper', {
      env: { KILL_REAPERS: '1' },
      args: ['--no-file-parallelism'],
    })

    expect(run.code, run.stderr).toBe(0)
    const seen = readFileSync(join(run.folder, 'reapers'), 'utf8').trim().split('\n')
    expect(new Set(seen).size).toBeGreaterThan(1)
    expect(run.stderr.match(/its reaper is gone: The reaper has ended with SIGKILL/g)).toHaveLength(1)
  })
})
