import path from 'node:path'
import { expect } from 'vitest'
import { invoke, openLua, test } from 'vitest-pool-lua/test'
import { countOf } from '../src/metrics.ts'

test('a line that can not be read is told on the console, and counted', async ({ lua }) => {
  const build = lua.globals.newBuild('Warden', 1)
  invoke(build, 'Equip', 'Gold Ring\nGrants Flight on Tuesdays')
  lua.globals.calculate()
  expect(await countOf('warning')).toBe(1)
})

test('the counters of one test are not seen by the next', async () => {
  expect(await countOf('warning')).toBe(0)
})

test('without what its host supplies the engine says what is missing', async () => {
  const packagePath = [path.join(import.meta.dirname, '../lua/?.lua')]
  const bare = await openLua('fengari', { packagePath })
  try {
    expect(() => bare.require('HeadlessWrapper')).toThrow('the host supplies no ConPrintf')
  } finally {
    bare.close()
  }
})
