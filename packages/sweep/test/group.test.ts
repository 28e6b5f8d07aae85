import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  createSweeper,
  groupOfNewborn,
  identityOf,
  isAlive,
  look,
  sweep,
  watchProcesses,
} from '../src/index.ts'
import type { ProcessGroup, ProcessIdentity, Tier } from '../src/index.ts'
import { type Nursery, openNursery, until } from './nursery.ts'

const PROGRAM = join(import.meta.dirname, 'fixtures/sweep-group.mjs')
let nursery: Nursery

beforeEach(() => {
  nursery = openNursery()
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await nursery.close()
})

/** Nothing shows whose it is but its group: it holds no cookie, and its parent is gone. */
const ORPHAN = "env -i sh -c 'sleep $1 &' sh $TAG"

/** A leader and its group, as whoever starts the leader knows it. */
async function lead(script: string, sleepers: number, tier: Tier): Promise<[ProcessIdentity, ProcessGroup]> {
  const leader = await nursery.grow(script, sleepers)
  const group = identityOf(leader.pid, tier)
  if (!group) throw new Error('The leader is gone.')
  return [leader, group]
}

async function end(leader: ProcessIdentity): Promise<void> {
  process.kill(leader.pid, 'SIGKILL')
  await until(() => !isAlive(leader))
}

describe.each(['proc', 'tree'] as const)('in the tier %s', tier => {
  test('an orphan with a cleared environment is ended by its group, with its leader alive', async () => {
    const [leader, group] = await lead(ORPHAN, 1, tier)

    const { processes } = await sweep({ groups: [group] }, { tier })

    expect(processes).toMatchObject([{ command: `sleep ${nursery.tag}`, found: 'group', outcome: 'ended' }])
    expect(nursery.strays()).toEqual([])
    expect(isAlive(leader)).toBe(true)
  })

  test('an orphan with a cleared environment is ended by its group, with its leader gone', async () => {
    const [leader, group] = await lead(ORPHAN, 1, tier)
    await end(leader)

    const { processes } = await sweep({ groups: [group] }, { tier })

    expect(processes).toMatchObject([{ found: 'group', outcome: 'ended' }])
    expect(nursery.strays()).toEqual([])
  })

  test('what left the group is ended while its parent is in it', async () => {
    const [leader, group] = await lead("sh -c 'setsid sleep $0 & wait' $TAG &", 1, tier)
    await end(leader)

    const { processes } = await sweep({ groups: [group] }, { tier })

    expect(processes.map(({ found }) => found).toSorted()).toEqual(['descent', 'group'])
    expect(nursery.strays()).toEqual([])
  })

  test('who has a session of its own and no parent is in no group', async () => {
    const [, group] = await lead("setsid sh -c 'sleep $TAG & exec true'", 1, tier)

    expect(await look({ groups: [group] }, { tier })).toEqual([])
  })

  test('the group of whoever had the number of the leader before is left alone', async () => {
    const [leader, group] = await lead(ORPHAN, 1, tier)
    const earlier = { ...group, startTime: group.startTime - 1000 }

    expect((await sweep({ groups: [earlier] }, { tier })).processes).toEqual([])
    expect(nursery.strays()).toHaveLength(1)
    expect(isAlive(leader)).toBe(true)
  })

  test('who started when the leader had ended long ago is left alone: the number may be of another group', async () => {
    const [leader, group] = await lead(ORPHAN, 1, tier)
    await end(leader)
    const endedAt = Date.now() - 60_000

    expect((await sweep({ groups: [{ ...group, endedAt }] }, { tier })).processes).toEqual([])
    expect(nursery.strays()).toHaveLength(1)
  })

  test('the group in which the sweeping process is, led by another, is left alone', async () => {
    const output = join(nursery.folder, 'result.json')
    await nursery.grow(`sleep $TAG & "${process.execPath}" "${PROGRAM}" "${output}" parent ${tier} &`, 1)
    await until(() => existsSync(output))

    expect(JSON.parse(readFileSync(output, 'utf8'))).toMatchObject({ processes: [] })
    expect(nursery.strays()).toHaveLength(1)
  })

  test('a process sweeps the group that it leads itself', async () => {
    const output = join(nursery.folder, 'result.json')
    const env = { ...process.env, TAG: nursery.tag }
    spawn(process.execPath, [PROGRAM, output, 'own', tier], { detached: true, stdio: 'ignore', env })
    await until(() => existsSync(output))

    expect(JSON.parse(readFileSync(output, 'utf8'))).toMatchObject({
      processes: [{ found: 'group', outcome: 'ended' }],
    })
    expect(nursery.strays()).toEqual([])
  })

  test('whoever starts a leader knows its group without asking any program', async () => {
    vi.stubEnv('PATH', nursery.folder)
    const leader = spawn('/bin/sh', ['-c', `/bin/sleep ${nursery.tag} & wait`], {
      detached: true,
      stdio: 'ignore',
    })
    const group = groupOfNewborn(leader.pid, tier)
    vi.unstubAllEnvs()
    await until(() => nursery.strays().length === 2)
    leader.kill('SIGKILL')
    await until(() => leader.signalCode !== null)

    const { processes } = await sweep({ groups: group ? [group] : [] }, { tier })

    // It may still be the shell that is about to be.
    expect(processes).toMatchObject([{ found: 'group', outcome: 'ended' }])
  })
})

test('on Linux the jobs of a shell, which have groups of their own, are in its session', async () => {
  const [leader, group] = await lead("sh -c 'set -m; env -i sleep $0 &' $TAG", 1, 'proc')
  await end(leader)

  expect((await sweep({ groups: [group] })).processes).toMatchObject([{ found: 'group', outcome: 'ended' }])
})

test('a group is seen by a watch', async () => {
  const leader = await nursery.grow(ORPHAN, 1)
  const watch = watchProcesses({ groups: [leader], root: leader })

  expect(watch.look()).toMatchObject([{ command: `sleep ${nursery.tag}`, found: 'group' }])
  watch.close()
})

test('a sweeper finds those in a group though they were strangers before', async () => {
  const leader = await nursery.grow(ORPHAN, 1)
  const sweeper = createSweeper({ cookie: { name: 'NOBODY', value: 'has it' } })
  // Until it is remembered as a stranger.
  const settled = performance.now() + 400
  await until(() => performance.now() > settled)
  await sweeper.sweep({ cookie: { name: 'NOBODY', value: 'has it' } })

  const { processes } = await sweeper.sweep({ groups: [leader] })

  expect(processes).toMatchObject([{ found: 'group', outcome: 'ended' }])
})
