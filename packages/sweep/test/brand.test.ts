import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  type Branding,
  type ForeignFunctions,
  brandsOf,
  createSweeper,
  openBranding,
  sweep,
  watchProcesses,
} from '../src/index.ts'
import { type Nursery, identify, openNursery, until } from './nursery.ts'

const run = promisify(execFile)
let nursery: Nursery

beforeEach(() => {
  nursery = openNursery()
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await nursery.close()
})

/** The package that the workspace has beside another of its packages; this one depends on nothing of the kind. */
const koffi = (): ForeignFunctions =>
  createRequire(new URL('../../state/package.json', import.meta.url))('koffi')

/** Each way is tried where there is no other. */
const WAYS = { prlimit: {}, koffi: { koffi } }

function branding(way: keyof typeof WAYS): Branding {
  if (way === 'koffi') vi.stubEnv('PATH', pathWithout('prlimit'))
  const opened = openBranding(way === 'koffi' ? WAYS.koffi : WAYS.prlimit)
  if (opened === undefined) throw new Error('These tests need prlimit, of util-linux, and koffi.')
  return opened
}

/** A PATH with what these tests run, and not one of them. */
function pathWithout(missing: string): string {
  const folder = join(nursery.folder, 'path')
  mkdirSync(folder, { recursive: true })
  for (const program of ['sh', 'env', 'setsid', 'sleep', 'cat', 'prlimit']) {
    const path = join(folder, program)
    if (program !== missing && !existsSync(path)) symlinkSync(join('/usr/bin', program), path)
  }
  return folder
}

const DAEMON = (): string => `env -i PATH="$PATH" setsid sh -c "sleep ${nursery.tag} & exec true"`

/** A daemon of which nothing shows whose it is: no environment, no parent, no session. */
async function leaveDaemon(start: Branding['start'], number = 1): Promise<void> {
  await untilLeft(() =>
    start(number, ([program = 'sh', ...args]) => {
      const shell = program === 'sh' ? [] : ['sh']
      return spawn(program, [...args, ...shell, '-c', DAEMON()], { stdio: 'ignore', cwd: nursery.folder })
    }),
  )
}

async function untilLeft(leave: () => unknown): Promise<void> {
  const before = nursery.strays().length
  leave()
  await until(() => nursery.strays().length === before + 1 && nursery.strays().every(isSleeper))
}

/** Between its fork and its program the daemon still has the command line of the shell. */
function isSleeper(pid: number): boolean {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('sleep\0')
}

function ownLimit(): string {
  return /^Max file locks.*/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[0] ?? ''
}

describe.each(['prlimit', 'koffi'] as const)('by %s', way => {
  test('what has cleared its environment and was orphaned is ended by its brand', async () => {
    const { all, start } = branding(way)
    await leaveDaemon(start)

    const { processes } = await sweep({ brand: all })

    expect(processes).toMatchObject([{ command: `sleep ${nursery.tag}`, found: 'brand', outcome: 'ended' }])
    expect(nursery.strays()).toEqual([])
  })

  test('each number is a brand of its own', async () => {
    const { one, start } = branding(way)
    await leaveDaemon(start, 1)
    await leaveDaemon(start, 2)

    const { processes } = await sweep({ brand: one(2) })

    expect(processes).toHaveLength(1)
    expect(nursery.strays()).toHaveLength(1)
  })

  test('nobody else is branded: neither this process nor what it starts later', async () => {
    const before = ownLimit()
    const { all, start } = branding(way)
    expect(() =>
      start(1, () => {
        throw new Error('not forked')
      }),
    ).toThrow('not forked')
    expect(ownLimit()).toBe(before)
    await untilLeft(() => spawn('sh', ['-c', DAEMON()], { stdio: 'ignore' }))

    expect((await sweep({ brand: all })).processes).toEqual([])
    expect(nursery.strays()).toHaveLength(1)
  })
})

test('the id of a branding gives its brands again', () => {
  const { id, all, one } = branding('prlimit')
  expect(brandsOf(id)).toEqual(all)
  expect(one(3).from - all.from).toBe(3)
})

test("another run's brand is not taken for one's own, nor is a limit that somebody has set", async () => {
  await leaveDaemon(branding('prlimit').start)
  await untilLeft(() => spawn('prlimit', ['--locks=100:', 'sh', '-c', DAEMON()], { stdio: 'ignore' }))

  const { processes } = await sweep({ brand: branding('prlimit').all })

  expect(processes).toEqual([])
  expect(nursery.strays()).toHaveLength(2)
})

test('a brand is seen by a watch', async () => {
  const { all, start } = branding('prlimit')
  const watch = watchProcesses({ brand: all })
  watch.look()
  await leaveDaemon(start)

  expect(watch.look()).toMatchObject([{ command: `sleep ${nursery.tag}` }])
  watch.close()
})

test('who is older than those who made up the brand is not looked at', async () => {
  const { all, start } = branding('prlimit')
  await leaveDaemon(start)
  const [pid] = nursery.strays()
  const { startTime } = identify(pid)

  const later = createSweeper({ brand: all }, { since: { pid: 2, startTime: startTime + 1 } })
  expect((await later.sweep({ brand: all })).processes).toEqual([])
  const sooner = createSweeper({ brand: all }, { since: { pid: 2, startTime } })
  expect((await sooner.sweep({ brand: all })).processes).toHaveLength(1)
})

test('where prlimit is there, koffi is not even loaded', () => {
  let isAsked = false
  const opened = openBranding({ koffi: () => ((isAsked = true), koffi()) })
  expect(opened).toBeDefined()
  expect(isAsked).toBe(false)
})

test('where there is neither there is no branding', () => {
  vi.stubEnv('PATH', nursery.folder)
  expect(openBranding()).toBeUndefined()
  expect(openBranding({ koffi: () => undefined })).toBeUndefined()
})

test('where the limit is fixed there is no branding, by either way', async () => {
  const program = join(import.meta.dirname, 'fixtures/open-branding.mjs')
  const { stdout } = await run('prlimit', ['--locks=100:100', process.execPath, program])
  expect(JSON.parse(stdout)).toEqual({ prlimit: false, koffi: false })
})
