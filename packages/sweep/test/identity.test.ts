import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Tier, identityOf, isAlive } from '../src/index.ts'
import { type Nursery, openNursery, until } from './nursery.ts'

const tiers: readonly Tier[] = ['proc', 'tree']
let nursery: Nursery

beforeEach(() => {
  nursery = openNursery()
})

afterEach(async () => {
  await nursery.close()
})

test.each(tiers)('%s: a process is alive until it ends, and not as a zombie', async tier => {
  await nursery.grow('sleep $TAG &', 1)
  const [stray = 0] = nursery.strays()
  const identity = identityOf(stray, tier)

  expect(identity && isAlive(identity, tier)).toBe(true)
  process.kill(stray, 'SIGKILL') // Its parent has become a sleep, which does not collect it.
  await until(() => nursery.strays().length === 0)
  expect(identity && isAlive(identity, tier)).toBe(false)
  expect(identityOf(stray, tier)).toBeUndefined()
})

test.each(tiers)('%s: another process with the same pid is not the same', tier => {
  const { pid = 0, startTime = 0 } = identityOf(process.pid, tier) ?? {}

  expect(isAlive({ pid, startTime }, tier)).toBe(true)
  expect(isAlive({ pid, startTime: startTime - 1000 }, tier)).toBe(false)
})

test.each(tiers)('%s: a pid that nobody has gives no identity', tier => {
  expect(identityOf(2 ** 22 + 1, tier)).toBeUndefined()
})
