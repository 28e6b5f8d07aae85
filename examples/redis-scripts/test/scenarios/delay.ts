/** Jobs whose time or place changes: moveToDelayed, changeDelay, promote, changePriority, pause. */
import { expect } from 'vitest'
import { eventsOf, paint, type Scenario } from '../scenario.ts'
import { NOW, TOKEN } from '../workshop.ts'

export const delayScenarios: readonly Scenario[] = [
  {
    title: 'an active job can be put off by its worker',
    async run({ queue, take }) {
      await queue.add('wall', {})
      await (await take()).moveToDelayed(NOW + 90_000, TOKEN)
    },
    leaves(keys) {
      expect(paint(keys, 'delayed', 'active', '1:lock')).toEqual([
        [['1', (NOW + 90_000) * 4096]],
        undefined,
        undefined,
      ])
      expect(eventsOf(keys).at(-1)).toBe('delayed')
    },
  },
  {
    title: 'a job can not be put off by a worker that does not hold its lock',
    async run({ queue, take }) {
      await queue.add('wall', {})
      const job = await take()
      await expect(job.moveToDelayed(NOW + 90_000, 'token-of-another')).rejects.toThrow(/[Ll]ock/)
    },
    leaves: keys => expect(paint(keys, 'delayed', 'active')).toEqual([undefined, ['1']]),
  },
  {
    title: 'a delayed job can be given another delay, counted from now',
    async run({ queue, passTime }) {
      const job = await queue.add('wall', {}, { delay: 60_000 })
      passTime(1_000)
      await job.changeDelay(4_000)
    },
    leaves: keys => expect(paint(keys, 'delayed')).toEqual([[['1', (NOW + 5_000) * 4096]]]),
  },
  {
    title: 'a delayed job that is promoted waits like any other',
    async run({ queue }) {
      const job = await queue.add('wall', {}, { delay: 60_000 })
      await job.promote()
    },
    leaves(keys) {
      expect(paint(keys, 'delayed', 'wait')).toEqual([undefined, ['1']])
      expect(paint(keys, '1')).toEqual([expect.objectContaining({ delay: '0' })])
    },
  },
  {
    title: 'a waiting job can be given a priority, and lose it',
    async run({ queue }) {
      const wall = await queue.add('wall', {})
      const door = await queue.add('door', {}, { priority: 2 })
      await wall.changePriority({ priority: 9 })
      await door.changePriority({ priority: 0 })
    },
    leaves: keys => expect(paint(keys, 'prioritized', 'wait')).toEqual([[['1', 9 * 2 ** 32 + 2]], ['2']]),
  },
  {
    title: 'a paused queue gives no job until it is resumed',
    async run({ queue, tryToTake }) {
      await queue.add('wall', {})
      await queue.pause()
      expect(await tryToTake()).toBeUndefined()
      await queue.resume()
      expect(await tryToTake()).toBeDefined()
    },
    leaves(keys) {
      expect(paint(keys, 'active', 'paused')).toEqual([['1'], undefined])
      expect(eventsOf(keys)).toEqual(['added', 'waiting', 'paused', 'resumed', 'active'])
    },
  },
]
