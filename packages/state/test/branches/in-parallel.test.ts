import { expect, test } from 'vitest'
import { inParallel } from '../../src/branches/in-parallel.ts'

test('results come in order, whatever the order of their ends', async () => {
  const ends: (() => void)[] = []
  const running = inParallel(3, 3, undefined, async index => {
    await new Promise<void>(resolve => (ends[index] = resolve))
    return index * 10
  })
  for (const end of ends.toReversed()) end()
  expect(await running).toEqual([0, 10, 20])
})

test('so many run at once and no more', async () => {
  let now = 0
  const counts: number[] = []
  await inParallel(7, 3, undefined, async () => {
    counts.push(++now)
    await new Promise(resolve => setImmediate(resolve))
    now--
  })
  expect(Math.max(...counts)).toBe(3)
  expect(counts).toHaveLength(7)
})

test('the first failure aborts the others, starts no more and is thrown when all have ended', async () => {
  const log: string[] = []
  const running = inParallel(4, 2, undefined, async (index, signal) => {
    log.push(`start ${index}`)
    if (index === 1) throw new Error('first')
    await new Promise<void>(resolve => signal.addEventListener('abort', () => setImmediate(resolve)))
    log.push(`end ${index}`)
    signal.throwIfAborted()
  })
  await expect(running).rejects.toThrow('first')
  expect(log).toEqual(['start 0', 'start 1', 'end 0'])
})

test('the abort of the outer signal is thrown when all have ended', async () => {
  const outer = new AbortController()
  let ended = false
  const running = inParallel(1, 1, outer.signal, async (_, signal) => {
    await new Promise<void>(resolve => signal.addEventListener('abort', () => setImmediate(resolve)))
    ended = true
    signal.throwIfAborted()
  })
  outer.abort(new Error('outer'))
  await expect(running).rejects.toThrow('outer')
  expect(ended).toBe(true)
})
