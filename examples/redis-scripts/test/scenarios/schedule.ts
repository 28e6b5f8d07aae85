/** Jobs that come again, limits and figures: addJobScheduler, removeJobScheduler, rate limits, metrics, getters. */
import { expect } from 'vitest'
import { paint, type Scenario } from '../scenario.ts'
import { NOW, TOKEN } from '../workshop.ts'

export const scheduleScenarios: readonly Scenario[] = [
  {
    title: 'a scheduler adds its next job ahead of time',
    wideNumbers: true,
    async run({ queue }) {
      await queue.upsertJobScheduler('daily', { every: 60_000 }, { name: 'wall', data: { coat: 'first' } })
    },
    leaves(keys) {
      expect(paint(keys, 'repeat')).toEqual([[['daily', NOW]]])
      expect(paint(keys, `repeat:daily:${NOW}`)).toEqual([
        expect.objectContaining({ name: 'wall', data: { coat: 'first' }, rjk: 'daily' }),
      ])
      expect(paint(keys, 'wait')).toEqual([[`repeat:daily:${NOW}`]])
    },
  },
  {
    title: 'a removed scheduler takes its waiting job along',
    wideNumbers: true,
    async run({ queue }) {
      const every = { every: 60_000, startDate: NOW + 60_000 }
      await queue.upsertJobScheduler('daily', every, { name: 'wall' })
      await queue.removeJobScheduler('daily')
    },
    leaves: keys => expect(paint(keys, 'repeat', 'delayed', 'repeat:daily')).toEqual(Array(3)),
  },
  {
    title: 'no more jobs are taken than the limit of the queue allows',
    async run({ queue, tryToTake }) {
      await queue.setGlobalRateLimit(1, 60_000)
      await queue.add('wall', {})
      await queue.add('door', {})
      const [first, second] = [await tryToTake(), await tryToTake()]
      expect([first?.name, second?.name]).toEqual(['wall', undefined])
    },
    leaves(keys) {
      expect(paint(keys, 'active', 'wait')).toEqual([['1'], ['2']])
      expect(keys['bull:paint:limiter']).toEqual({ type: 'string', value: '1', expires: true })
    },
  },
  {
    title: 'a queue tells how many jobs are where, and where a job is',
    async run({ queue, take }) {
      await queue.add('wall', {})
      await queue.add('door', {})
      await queue.add('roof', {}, { delay: 1_000 })
      await queue.add('fence', {}, { priority: 2 })
      await (await take()).moveToCompleted(null, TOKEN, false)
      const counts = await queue.getJobCounts('wait', 'delayed', 'prioritized', 'completed', 'failed')
      expect(counts).toEqual({ wait: 1, delayed: 1, prioritized: 1, completed: 1, failed: 0 })
      const states = await Promise.all(['1', '2', '3', '4', '5'].map(id => queue.getJobState(id)))
      expect(states).toEqual(['completed', 'waiting', 'delayed', 'prioritized', 'unknown'])
    },
    leaves: keys => expect(paint(keys, 'completed')).toEqual([[['1', NOW]]]),
  },
]
