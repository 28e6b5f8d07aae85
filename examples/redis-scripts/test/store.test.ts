import { describe, expect } from 'vitest'
import { test } from './redis-test.ts'
import { transcripts } from './transcripts.ts'

describe('the store answers as Redis does', () => {
  test.for(transcripts)('$title', async ({ lines }, { redis }) => {
    for (const [line, reply] of lines) {
      // oxlint-disable-next-line no-await-in-loop -- each command works on what the one before it left
      expect([line, await redis.call(...words(line))]).toEqual([line, reply])
    }
  })
})

test('a command on a key of another type is refused and changes nothing', async ({ redis }) => {
  await redis.call('SET', 'a', 'text')
  await redis.call('LPUSH', 'l', 'item')
  await expect(redis.call('LPUSH', 'a', 'x')).rejects.toThrow(/^WRONGTYPE/)
  await expect(redis.call('RPOPLPUSH', 'l', 'a')).rejects.toThrow(/^WRONGTYPE/)
  expect(await redis.call('LRANGE', 'l', '0', '-1')).toEqual(['item'])
})

function words(line: string): [string, ...string[]] {
  const [command = '', ...args] = line.split(' ')
  return [command, ...args]
}
