import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Branding, brandsOf, createSweeper, openBranding, sweep, watchProcesses } from '../src/index.ts'
import { type Nursery, identify, openNursery, until } from './nursery.ts'

let nursery: Nursery

beforeEach(() => {
  nursery = openNursery()
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await nursery.close()
})

function branding(): Branding {
  const opened = openBranding()
  if (opened === undefined) throw new Error('These tests need prlimit, of util-linux.')
  return opened
}

/** A daemon of which nothing shows whose it is: no environment, no parent, no session. */
async function leaveDaemon([program = '', ...args]: readonly string[]): Promise<void> {
  const before = nursery.strays().length
  const script = `env -i setsid sh -c "sleep ${nursery.tag} & exec true"`
  spawn(program, [...args, 'sh', '-c', script], { stdio: 'ignore', cwd: nursery.folder })
  await until(() => nursery.strays().length === before + 1 && nursery.strays().every(isSleeper))
}

/** Between its fork and its program the daemon still has the command line of the shell. */
function isSleeper(pid: number): boolean {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('sleep\0')
}

test('what has cleared its environment and was orphaned is ended by its brand', async () => {
  const { all, command } = branding()
  await leaveDaemon(command(1))

  const { processes } = await sweep({ brand: all })

  expect(processes).toMatchObject([{ command: `sleep ${nursery.tag}`, found: 'brand', outcome: 'ended' }])
  expect(nursery.strays()).toEqual([])
})

test('the id of a branding gives its brands again', () => {
  const { id, all, one } = branding()
  expect(brandsOf(id)).toEqual(all)
  expect(one(3).from - all.from).toBe(3)
})

test('each number is a brand of its own', async () => {
  const { one, command } = branding()
  await leaveDaemon(command(1))
  await leaveDaemon(command(2))

  const { processes } = await sweep({ brand: one(2) })

  expect(processes).toHaveLength(1)
  expect(nursery.strays()).toHaveLength(1)
})

test("another run's brand is not taken for one's own, nor is a limit that somebody has set", async () => {
  await leaveDaemon(branding().command(1))
  await leaveDaemon(['prlimit', '--locks=100:'])

  const { processes } = await sweep({ brand: branding().all })

  expect(processes).toEqual([])
  expect(nursery.strays()).toHaveLength(2)
})

test('a brand is seen by a watch', async () => {
  const { all, command } = branding()
  const watch = watchProcesses({ brand: all })
  watch.look()
  await leaveDaemon(command(1))

  expect(watch.look()).toMatchObject([{ command: `sleep ${nursery.tag}` }])
  watch.close()
})

test('who is older than those who made up the brand is not looked at', async () => {
  const { all, command } = branding()
  await leaveDaemon(command(1))
  const [pid] = nursery.strays()
  const { startTime } = identify(pid)

  const later = createSweeper({ brand: all }, { since: { pid: 2, startTime: startTime + 1 } })
  expect((await later.sweep({ brand: all })).processes).toEqual([])
  const sooner = createSweeper({ brand: all }, { since: { pid: 2, startTime } })
  expect((await sooner.sweep({ brand: all })).processes).toHaveLength(1)
})

test('where there is no prlimit there is no branding', () => {
  vi.stubEnv('PATH', nursery.folder)
  expect(openBranding()).toBeUndefined()
})
