import { expect, test } from 'vitest'
import { now } from '../../src/clock.ts'
import { pollUntil } from '../../src/end/poll.ts'

test('it asks at once, and again until the fact is true', async () => {
  let asked = 0
  const isTrue = (): Promise<boolean> => Promise.resolve(++asked === 4)

  expect(await pollUntil(isTrue, now() + 60_000)).toBe(true)
  expect(asked).toBe(4)
})

test('it gives up when the time is up, having asked at least once', async () => {
  let asked = 0
  const isTrue = (): Promise<boolean> => Promise.resolve(++asked === 0)

  expect(await pollUntil(isTrue, now() - 1)).toBe(false)
  expect(asked).toBe(1)
})

test('what goes wrong in asking is passed on', async () => {
  await expect(pollUntil(() => Promise.reject(new Error('no /proc')), now() + 60_000)).rejects.toThrow(
    'no /proc',
  )
})
