import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { now } from '../src/clock.ts'
import { createSweeper, isAlive, sweep } from '../src/index.ts'
import { type Nursery, identify, openNursery, until } from './nursery.ts'

const run = promisify(execFile)
let nursery: Nursery

beforeEach(() => {
  nursery = openNursery()
})

afterEach(async () => {
  await nursery.close()
})

const kinds: readonly (readonly [name: string, script: string])[] = [
  ['a plain child', 'sleep $TAG &'],
  ['a child in a session of its own', 'setsid sleep $TAG &'],
  ['an orphan', "sh -c 'sleep $TAG &'"],
  ['a double-forked daemon', "setsid sh -c 'sleep $TAG & exec true'"],
  ['a process that ignores SIGTERM', `sh -c 'trap "" TERM; exec sleep $TAG' &`],
  ['a stopped process', 'sleep $TAG & sleep 0.1; kill -STOP $!'],
]

describe('with the root alive', () => {
  test.each(kinds)('%s is ended', async (_, script) => {
    const root = await nursery.grow(script, 1)
    const [stray] = nursery.strays()

    const { tier, processes } = await sweep({ cookie: nursery.cookie, roots: [root] }, { termAfter: 50 })

    expect(tier).toBe('proc')
    expect(processes).toMatchObject([{ pid: stray, command: `sleep ${nursery.tag}`, outcome: 'ended' }])
    expect(nursery.strays()).toEqual([])
    expect(isAlive(root)).toBe(true)
  })

  test('a child and its own child are ended, each reported', async () => {
    const root = await nursery.grow("sh -c 'sleep $0; :' $TAG &", 1)

    const { processes } = await sweep({ roots: [root] })

    expect(processes).toHaveLength(2)
    expect(processes.map(({ found, outcome }) => [found, outcome])).toEqual([
      ['descent', 'ended'],
      ['descent', 'ended'],
    ])
    expect(nursery.strays()).toEqual([])
  })

  test('a daemon with a cleared environment is found by descent', async () => {
    const root = await nursery.grow('env -i setsid sleep $TAG &', 1)

    const { processes } = await sweep({ cookie: nursery.cookie, roots: [root] })

    expect(processes).toMatchObject([{ found: 'descent', outcome: 'ended' }])
    expect(nursery.strays()).toEqual([])
  })

  test('the root is ended too if that is asked for', async () => {
    const root = await nursery.grow('sleep $TAG &', 1)

    const { processes } = await sweep({ roots: [root], includeRoots: true })

    expect(processes).toHaveLength(2)
    expect(isAlive(root)).toBe(false)
  })
})

describe('with the root gone', () => {
  test.each(kinds)('%s is ended', async (_, script) => {
    const root = await nursery.grow(script, 1)
    const [stray] = nursery.strays()
    process.kill(root.pid, 'SIGKILL')
    await until(() => !isAlive(root))

    const { processes } = await sweep({ cookie: nursery.cookie, roots: [root] }, { termAfter: 50 })

    expect(processes).toMatchObject([{ pid: stray, found: 'cookie', outcome: 'ended' }])
    expect(nursery.strays()).toEqual([])
  })

  test('an orphan with a cleared environment is ended if it was known before', async () => {
    const root = await nursery.grow("env -i sh -c 'sleep $1 &' sh $TAG", 1)
    const known = nursery.strays().map(identify)
    process.kill(root.pid, 'SIGKILL')
    await until(() => !isAlive(root))

    expect((await sweep({ cookie: nursery.cookie, roots: [root] })).processes).toEqual([])
    expect((await sweep({ cookie: nursery.cookie, known })).processes).toMatchObject([{ outcome: 'ended' }])
  })
})

describe('what a process looks like', () => {
  test('a program whose name has spaces and parentheses is ended', async () => {
    const program = join(nursery.folder, 'a) Z 1 (b')
    copyFileSync('/bin/sleep', program)
    const root = await nursery.grow(`"${program}" $TAG &`, 1)

    const { processes } = await sweep({ roots: [root] })

    expect(processes).toMatchObject([{ command: `${program} ${nursery.tag}`, outcome: 'ended' }])
  })

  test('a zombie is no finding', async () => {
    const root = await nursery.grow('true &', 0)
    const [zombie = ''] = readFileSync(`/proc/${root.pid}/task/${root.pid}/children`, 'utf8').split(' ')
    await until(() => readFileSync(`/proc/${zombie}/stat`, 'utf8').includes(') Z '))

    expect((await sweep({ cookie: nursery.cookie, roots: [root] })).processes).toEqual([])
  })
})

describe('other users', () => {
  test.runIf(process.geteuid?.() === 0)('their processes survive, and the reason is told', async () => {
    const root = await nursery.grow('sleep $TAG &', 1)
    const program = join(import.meta.dirname, 'fixtures/sweep-as-nobody.mjs')
    const { stdout } = await run(process.execPath, [program, String(root.pid), nursery.cookie.value])

    expect(JSON.parse(stdout)).toMatchObject({
      processes: [
        { found: 'descent', outcome: 'survived', reason: expect.stringMatching(/EPERM.*another user/) },
      ],
    })
    expect(nursery.strays()).toHaveLength(1)
  })
})

describe('what is never swept', () => {
  test('a pid that is another process by now', async () => {
    const root = await nursery.grow('sleep $TAG &', 1)
    const strays = nursery.strays().map(identify)
    const earlier = strays.map(({ pid, startTime }) => ({ pid, startTime: startTime - 1000 }))

    const { processes } = await sweep({ known: earlier })

    expect(processes).toEqual([])
    expect(strays.every(stray => isAlive(stray))).toBe(true)
    expect(isAlive(root)).toBe(true)
  })

  test('what descends from a process that has the pid of a root by now', async () => {
    const root = await nursery.grow('sleep $TAG &', 1)

    const { processes } = await sweep({ roots: [{ pid: root.pid, startTime: root.startTime - 1000 }] })

    expect(processes).toEqual([])
    expect(nursery.strays()).toHaveLength(1)
  })

  test('the sweeping process, those above it, and what else those have started', async () => {
    const output = join(nursery.folder, 'result.json')
    const program = join(import.meta.dirname, 'fixtures/sweep-from-below.mjs')
    const root = await nursery.grow(`sleep $TAG & "${process.execPath}" "${program}" "${output}" $TAG &`, 1)
    await until(() => existsSync(output))

    expect(JSON.parse(readFileSync(output, 'utf8'))).toMatchObject({ processes: [] })
    expect(nursery.strays().length).toBeGreaterThan(0)
    expect(isAlive(root)).toBe(true)
  })
})

describe('a sweeper', () => {
  test('sweeps one target and leaves the others of its universe', async () => {
    const first = await nursery.grow('sleep $TAG &', 1)
    const second = await nursery.grow('sleep $TAG &', 2)
    const sweeper = createSweeper({ cookie: nursery.cookie, roots: [process.pid] })

    expect((await sweeper.sweep({ roots: [first] })).processes).toHaveLength(1)
    expect(nursery.strays()).toHaveLength(1)
    expect((await sweeper.sweep({ roots: [second] })).processes).toHaveLength(1)
    expect(nursery.strays()).toEqual([])
  })

  test('finds what is known though it was a stranger before, and what that has started', async () => {
    const sweeper = createSweeper({ cookie: nursery.cookie })
    const root = await nursery.grow(`env -i PATH="$PATH" sh -c 'sh -c "sleep $0; :" $0 &' $TAG`, 1)
    const known = nursery.strays().map(identify).slice(0, 1)
    const end = now() + 400
    await until(() => now() > end)
    await sweeper.sweep({ cookie: { name: 'NOBODY', value: 'has it' } })

    const { processes } = await sweeper.sweep({ known })

    expect(processes.map(({ outcome }) => outcome)).toEqual(['ended', 'ended'])
    expect(isAlive(root)).toBe(true)
  })

  test('finds what was started after earlier sweeps', async () => {
    const sweeper = createSweeper({ cookie: nursery.cookie, roots: [process.pid] })
    await sweeper.sweep({ cookie: nursery.cookie })
    const root = await nursery.grow("sh -c 'sleep $TAG &'; env -i sleep $TAG &", 2)

    const { processes } = await sweeper.sweep({ cookie: nursery.cookie, roots: [root] })

    expect(processes.map(({ found }) => found).toSorted()).toEqual(['cookie', 'descent'])
  })
})
