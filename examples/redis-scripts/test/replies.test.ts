import { expect } from 'vitest'
import { replies } from './replies.ts'
import { test } from './redis-test.ts'

test.for(replies)('$script', async ({ script, reply }, { redis }) => {
  const answer = await redis.eval(script, [], []).catch((error: Error) => error.message)
  expect(answer).toEqual(reply)
})
