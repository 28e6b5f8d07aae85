/**
 * `test` with an in-memory Redis whose scripts run in the worker's Lua state.
 *
 *     test('counts', async ({ redis }) => {
 *       await redis.eval("redis.call('INCR', KEYS[1])", ['visits'], [])
 *     })
 */
import { test as luaTest } from 'vitest-pool-lua/test'
import { scriptedRedis } from '../src/host/scripted-redis.ts'
import type { Redis } from '../src/redis.ts'

export const test = luaTest.extend<{ redis: Redis }>({
  redis: async ({ lua }, use) => {
    await use(scriptedRedis(lua))
  },
})
