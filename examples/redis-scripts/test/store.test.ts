import { describe, expect } from 'vitest'
import { test } from './redis-test.ts'
import { replay, transcripts } from './transcripts.ts'

describe('the store answers as Redis does', () => {
  test.for(transcripts)('$title', async (transcript, { redis }) => {
    expect(await replay(transcript, redis)).toEqual(transcript.lines)
  })
})

test('a command on a key of another type is refused and changes nothing', async ({ redis }) => {
  await redis.call('SET', 'a', 'text')
  await redis.call('LPUSH', 'l', 'item')
  await expect(redis.call('LPUSH', 'a', 'x')).rejects.toThrow(/^WRONGTYPE/)
  await expect(redis.call('RPOPLPUSH', 'l', 'a')).rejects.toThrow(/^WRONGTYPE/)
  expect(await redis.call('LRANGE', 'l', '0', '-1')).toEqual(['item'])
})
