import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ProcessWatch, isAlive, watchProcesses } from '../src/index.ts'
import { type Nursery, openNursery, until } from './nursery.ts'

let nursery: Nursery
let watch: ProcessWatch

beforeEach(() => {
  nursery = openNursery()
})

afterEach(async () => {
  watch.close()
  await nursery.close()
})

test('a look gives what is new since the look before, once', async () => {
  watch = watchProcesses({ cookie: nursery.cookie })
  expect(watch.look()).toEqual([])
  const root = await nursery.grow('sleep $TAG &', 1)

  const first = watch.look()
  expect(new Set(first.map(({ pid }) => pid))).toEqual(new Set([root.pid, ...nursery.strays()]))
  expect(watch.look()).toEqual([])
  await nursery.grow('sleep $TAG &', 2)
  const second = watch.look()
  expect(second).toHaveLength(2)
  expect(second.filter(({ pid }) => first.some(seen => seen.pid === pid))).toEqual([])
})

test('without a cookie the descendants are seen, also after the watch has been quiet for long', async () => {
  watch = watchProcesses()
  const end = performance.now() + 1500
  await until(() => watch.look().length > 0 || performance.now() > end)
  expect(performance.now()).toBeGreaterThan(end)
  const root = await nursery.grow('sleep $TAG &', 1)

  expect(watch.look().map(({ pid }) => pid)).toContain(root.pid)
})

test('an orphan is seen by the cookie', async () => {
  watch = watchProcesses({ cookie: nursery.cookie, root: 2 ** 22 + 1 })
  const root = await nursery.grow("sh -c 'sleep $TAG &'", 1)
  process.kill(root.pid, 'SIGKILL')

  await until(() => !isAlive(root))
  expect(watch.look()).toMatchObject([{ pid: nursery.strays()[0], found: 'cookie' }])
})

test('only descendants of the root and holders of the cookie are seen', async () => {
  const root = await nursery.grow('', 0)
  watch = watchProcesses({ root })
  await nursery.grow('sleep $TAG &', 1)

  expect(watch.look()).toEqual([])
})

test('a closed watch sees nothing', async () => {
  watch = watchProcesses({ cookie: nursery.cookie })
  watch.close()
  await nursery.grow('sleep $TAG &', 1)

  expect(watch.look()).toEqual([])
})
