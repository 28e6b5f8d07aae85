/**
 * The same scenarios and the same scripts on a real Redis. Whatever the two leave in their keys must be equal.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, vi } from 'vitest'
import type { Redis } from '../src/redis.ts'
import { test } from './redis-test.ts'
import { findRedisServer, type RedisServer, startRedisServer } from './redis-server.ts'
import { replies } from './replies.ts'
import { scenarios } from './scenarios/index.ts'
import { type Scenario, WIDE_NUMBERS } from './scenario.ts'
import type { Dump } from './dump.ts'
import { replay, transcripts } from './transcripts.ts'
import { openWorkshop } from './workshop.ts'

const MISSING = 'no redis-server on the PATH'
const program = findRedisServer()
let server: RedisServer

beforeAll(async () => {
  if (program === undefined) console.info(`${MISSING}: nothing is compared with a real Redis`)
  else server = await startRedisServer(program)
})
afterAll(() => server?.stop())

beforeEach(({ skip }) => {
  skip(program === undefined, MISSING)
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(async () => {
  vi.useRealTimers()
  await server?.empty()
})

describe('a real Redis is left as the one in memory', () => {
  test.for(scenarios)('$title', async (scenario, { lua, redis, skip }) => {
    skip(scenario.wideNumbers === true && lua.capabilities.integerBits === 32, WIDE_NUMBERS)
    const inMemory = await play(scenario, redis)
    const onServer = await play(scenario, server.redis)
    expect(onServer).toEqual(inMemory)
  })
})

describe('a real Redis takes the same commands', () => {
  test.for(transcripts)('$title', async transcript => {
    expect(await replay(transcript, server.redis)).toEqual(transcript.lines)
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
    if (!(error instanceof Error)) throw error
    return error.message.replace(/ script: \w{40}, on @.*$/, '')
  }
}
