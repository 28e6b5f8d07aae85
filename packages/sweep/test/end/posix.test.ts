import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { sweep } from '../../src/index.ts'
import { type Nursery, openNursery, until } from '../nursery.ts'

let nursery: Nursery

beforeEach(() => {
  nursery = openNursery()
})

afterEach(async () => {
  await nursery.close()
})

test('a process that goes on starting others is ended with all of them', async () => {
  const loop = 'trap "" TERM; while :; do setsid sleep $0 & sleep 0.02; done'
  const root = await nursery.grow(`sh -c '${loop}' $TAG &`, 5)

  const { processes } = await sweep({ cookie: nursery.cookie, roots: [root] }, { termAfter: 100 })

  expect(processes.length).toBeGreaterThan(5)
  expect(processes.every(({ outcome }) => outcome === 'ended')).toBe(true)
  expect(nursery.strays()).toEqual([])
})

// By chance a scan falls between two of them, and what it was taken for then was nothing.
test.each([1, 2, 3])('a process that replaces itself all the time is ended, and told (%i)', async () => {
  const script = join(nursery.folder, 'hop.sh')
  writeFileSync(script, 'trap "" TERM\nsleep 0.002\nsh hop.sh "$1" &\n')
  // Without it the next one cannot start, whatever becomes of this test.
  onTestFinished(() => rmSync(script, { force: true }))
  const root = await nursery.grow('sh hop.sh $TAG &', 0)
  await until(() => nursery.strays().length > 0)

  const { processes } = await sweep({ cookie: nursery.cookie, roots: [root] }, { termAfter: 100 })

  expect(processes).toContainEqual(expect.objectContaining({ outcome: 'ended' }))
  for (let look = 0; look < 50; look += 1) expect(nursery.strays()).toEqual([])
})

/** Cleans up on SIGTERM, with the help of a program. */
const cleaner = 'trap "sleep 0.05; touch cleaned; exit" TERM; touch ready; while :; do sleep 0.01; done'

test('a process that is asked to end may clean up, and is not killed', async () => {
  const root = await nursery.grow(`sh -c '${cleaner}' $TAG &`, 0)
  await until(() => existsSync(join(nursery.folder, 'ready')))

  const { processes } = await sweep({ roots: [root] }, { termAfter: 5000 })

  expect(processes).toContainEqual(expect.objectContaining({ outcome: 'ended' }))
  expect(existsSync(join(nursery.folder, 'cleaned'))).toBe(true)
})

test('a process is killed at once with termAfter 0', async () => {
  const root = await nursery.grow(`sh -c '${cleaner}' $TAG &`, 0)
  await until(() => existsSync(join(nursery.folder, 'ready')))

  await sweep({ roots: [root] }, { termAfter: 0 })

  expect(nursery.strays()).toEqual([])
  expect(existsSync(join(nursery.folder, 'cleaned'))).toBe(false)
})

test('a process is ended though the test has left fake timers and a fake process.kill behind', async () => {
  const root = await nursery.grow(`sh -c 'trap "" TERM; exec sleep $0' $TAG &`, 1)
  vi.useFakeTimers()
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true)

  const { processes } = await sweep({ roots: [root] }, { termAfter: 50 }).finally(() => {
    vi.useRealTimers()
    kill.mockRestore()
  })

  expect(processes).toMatchObject([{ outcome: 'ended' }])
  expect(nursery.strays()).toEqual([])
})
