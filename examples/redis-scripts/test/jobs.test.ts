import { beforeEach, afterEach, vi } from 'vitest'
import { test } from './redis-test.ts'
import { scenarios } from './scenarios/index.ts'
import { openWorkshop } from './workshop.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

test.for(scenarios)('$title', async ({ run, leaves }, { redis }) => {
  const workshop = openWorkshop(redis)
  await run(workshop)
  leaves(await workshop.keys())
})
