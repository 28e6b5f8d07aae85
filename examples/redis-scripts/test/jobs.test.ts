import { beforeEach, afterEach, vi } from 'vitest'
import { test } from './redis-test.ts'
import { WIDE_NUMBERS } from './scenario.ts'
import { scenarios } from './scenarios/index.ts'
import { openWorkshop } from './workshop.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

test.for(scenarios)('$title', async ({ run, leaves, wideNumbers }, { lua, redis, skip }) => {
  skip(wideNumbers === true && lua.capabilities.integerBits === 32, WIDE_NUMBERS)
  const workshop = openWorkshop(redis)
  await run(workshop)
  leaves(await workshop.keys())
})
