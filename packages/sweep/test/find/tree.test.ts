import { existsSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { identityOf, isAlive, sweep } from '../../src/index.ts'
import { type Nursery, openNursery } from '../nursery.ts'

let nursery: Nursery

beforeEach(() => {
  nursery = openNursery()
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await nursery.close()
})

test('descendants of a living root are found and ended with ps', async () => {
  const root = await nursery.grow("sh -c 'sleep $0; :' $TAG & setsid sleep $TAG &", 2)

  const { tier, processes } = await sweep({ roots: [root.pid] }, { tier: 'tree' })

  expect(tier).toBe('tree')
  expect(processes).toHaveLength(3)
  expect(processes.every(({ found, outcome }) => found === 'descent' && outcome === 'ended')).toBe(true)
  expect(nursery.strays()).toEqual([])
  expect(isAlive(root)).toBe(true)
})

test.each([
  ['ignores SIGTERM', `sh -c 'trap "" TERM; exec sleep $0' $TAG &`],
  ['is stopped', 'sleep $TAG & sleep 0.1; kill -STOP $!'],
])('a process that %s is ended with ps', async (_, script) => {
  const root = await nursery.grow(script, 1)

  const { processes } = await sweep({ roots: [root.pid] }, { tier: 'tree', termAfter: 50 })

  expect(processes).toMatchObject([{ outcome: 'ended' }])
  expect(nursery.strays()).toEqual([])
})

test('an orphan is out of reach with ps, unless it was known before', async () => {
  const root = await nursery.grow("sh -c 'sleep $TAG &'", 1)
  const known = nursery.strays().flatMap(pid => identityOf(pid, 'tree') ?? [])

  expect((await sweep({ roots: [root.pid] }, { tier: 'tree' })).processes).toEqual([])
  expect(nursery.strays()).toHaveLength(1)
  expect((await sweep({ known }, { tier: 'tree' })).processes).toMatchObject([{ outcome: 'ended' }])
})

test('a pid that is another process by now is left alone with ps', async () => {
  await nursery.grow('sleep $TAG &', 1)
  const earlier = nursery.strays().map(pid => ({ pid, startTime: 5 }))

  expect((await sweep({ known: earlier }, { tier: 'tree' })).processes).toEqual([])
  expect(nursery.strays()).toHaveLength(1)
})

test('where ps is missing, the result says so and what to do, and nothing is ended', async () => {
  const root = await nursery.grow('sleep $TAG &', 1)
  vi.stubEnv('PATH', nursery.folder)

  const { processes, problem } = await sweep({ roots: [root.pid] }, { tier: 'tree' })

  expect(processes).toEqual([])
  expect(problem).toEqual({ code: 'LUA_SWEEP_NO_PS', message: expect.stringContaining('install procps') })
  expect(problem?.message).toContain(nursery.folder)
  expect(nursery.strays()).toHaveLength(1)
})

test.skipIf(!existsSync('/usr/bin/busybox'))(
  'a ps that does not know what is needed, as that of BusyBox, is a problem that says so',
  async () => {
    const root = await nursery.grow('sleep $TAG &', 1)
    symlinkSync('/usr/bin/busybox', join(nursery.folder, 'ps'))
    vi.stubEnv('PATH', nursery.folder)

    const { processes, problem } = await sweep({ roots: [root.pid] }, { tier: 'tree' })

    expect(processes).toEqual([])
    expect(problem).toEqual({
      code: 'LUA_SWEEP_LIST_FAILED',
      message: expect.stringMatching(/the program "ps" said ".+"\. .*apk add procps/),
    })
    expect(() => identityOf(root.pid, 'tree')).toThrow('apk add procps')
  },
)

test('the tier proc needs no ps', async () => {
  const root = await nursery.grow('sleep $TAG &', 1)
  vi.stubEnv('PATH', nursery.folder)

  const { processes, problem } = await sweep({ roots: [root] })

  expect(problem).toBeUndefined()
  expect(processes).toMatchObject([{ outcome: 'ended' }])
})
