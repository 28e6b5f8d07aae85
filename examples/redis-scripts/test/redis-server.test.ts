/**
 * The same scenarios and the same scripts on a real Redis. Whatever the two leave in their keys must be equal.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, vi } from 'vitest'
import type { Redis } from '../src/redis.ts'
import { test } from './redis-test.ts'
import { findRedisServer, type RedisServer, startRedisServer } from './redis-server.ts'
import { replies } from './replies.ts'
import { scenarios } from './scenarios/index.ts'
import type { Scenario } from './scenario.ts'
import type { Dump } from './dump.ts'
import { openWorkshop } from './workshop.ts'

const program = findRedisServer()
let server: RedisServer

beforeAll(async () => {
  if (program !== undefined) server = await startRedisServer(program)
})
afterAll(() => server?.stop())

beforeEach(context => {
  context.skip(program === undefined, 'no redis-server on the PATH')
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(async () => {
  vi.useRealTimers()
  await server?.empty()
})

describe('a real Redis is left as the one in memory', () => {
  test.for(scenarios)('$title', async (scenario, { redis }) => {
    const inMemory = await play(scenario, redis)
    const onServer = await play(scenario, server.redis)
    expect(onServer).toEqual(inMemory)
  })
})

describe('a real Redis answers as the one in memory', () => {
  test.for(replies)('$script', async ({ script }, { redis }) => {
    const inMemory = await outcome(redis, script)
    expect(await outcome(server.redis, script)).toEqual(inMemory)
  })
})

async function play({ run, leaves }: Scenario, redis: Redis): Promise<Dump> {
  const workshop = openWorkshop(redis)
  await run(workshop)
  const keys = await workshop.keys()
  leaves(keys)
  return keys
}

/** The reply, or the error without the place that Redis adds to it. */
async function outcome(redis: Redis, script: string): Promise<unknown> {
  try {
    return await redis.eval(script, [], [])
  } catch (error) {
    return String(error).replace(/ script: \w{40}, on @.*$/, '')
  }
}
