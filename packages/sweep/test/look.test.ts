import { afterEach, beforeEach, expect, test } from 'vitest'
import { cookieValues, isAlive, look } from '../src/index.ts'
import { type Nursery, openNursery } from './nursery.ts'

let nursery: Nursery

beforeEach(() => {
  nursery = openNursery()
})

afterEach(async () => {
  await nursery.close()
})

test('a look finds what a sweep would, with what would be left alone, and ends nothing', async () => {
  const root = await nursery.grow('env -i sleep $TAG & KEEP=1 sleep $TAG &', 2)

  const found = await look({ cookie: nursery.cookie }, { exempting: { name: 'KEEP', value: '1' } })

  expect(found[0]).toMatchObject({ pid: root.pid, found: 'cookie', exemption: null })
  expect(found).toHaveLength(3)
  expect(found.filter(({ exemption }) => exemption?.outcome === 'kept')).toHaveLength(1)
  expect(isAlive(root)).toBe(true)
  expect(nursery.strays()).toHaveLength(2)
})

test('the values of a cookie are those that living processes hold', async () => {
  expect(cookieValues(nursery.cookie.name)).not.toContain(nursery.cookie.value)
  await nursery.grow('', 0)
  expect(cookieValues(nursery.cookie.name)).toContain(nursery.cookie.value)
})

test('a look at everything is refused', async () => {
  await expect(look({})).rejects.toThrow('it names nothing')
})
