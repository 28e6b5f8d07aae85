/** Jobs that go: removeJob, drain, cleanJobsInSet, obliterate. */
import { expect } from 'vitest'
import { eventsOf, paint, type Scenario } from '../scenario.ts'
import { TOKEN } from '../workshop.ts'

export const removeScenarios: readonly Scenario[] = [
  {
    title: 'a removed job leaves its list, its hash and its logs',
    async run({ queue }) {
      const job = await queue.add('wall', {})
      await queue.add('door', {})
      await job.log('primed')
      await job.remove()
    },
    leaves(keys) {
      expect(paint(keys, 'wait', '1', '1:logs')).toEqual([['2'], undefined, undefined])
      expect(eventsOf(keys).at(-1)).toBe('removed')
    },
  },
  {
    title: 'jobs are removed from wherever they are',
    async run({ queue, take }) {
      await queue.add('done', {})
      await (await take()).moveToCompleted(null, TOKEN, false)
      await queue.add('delayed', {}, { delay: 1_000 })
      await queue.add('prioritized', {}, { priority: 1 })
      const removed = await Promise.all(['1', '2', '3', 'missing'].map(id => queue.remove(id)))
      expect(removed).toEqual([1, 1, 1, 1])
    },
    leaves: keys =>
      expect(paint(keys, 'completed', 'delayed', 'prioritized', '1', '2', '3')).toEqual(Array(6)),
  },
  {
    title: 'a job that is being worked on can not be removed',
    async run({ queue, take }) {
      await queue.add('wall', {})
      const job = await take()
      await expect(job.remove()).rejects.toThrow(/locked/)
    },
    leaves: keys => expect(paint(keys, 'active')).toEqual([['1']]),
  },
  {
    title: 'draining removes what waits and leaves what is delayed',
    async run({ queue }) {
      await queue.add('wall', {})
      await queue.add('door', {}, { priority: 4 })
      await queue.add('roof', {}, { delay: 1_000 })
      await queue.drain()
    },
    leaves: keys => expect(paint(keys, 'wait', 'prioritized', '1', '2')).toEqual(Array(4)),
  },
  {
    title: 'cleaning removes the finished jobs that are old enough',
    async run({ queue, take, passTime }) {
      await queue.add('old', {})
      await (await take()).moveToCompleted(null, TOKEN, false)
      passTime(10_000)
      await queue.add('new', {})
      await (await take()).moveToCompleted(null, TOKEN, false)
      expect(await queue.clean(5_000, 100, 'completed')).toEqual(['1'])
    },
    leaves: keys => expect(paint(keys, '1', '2')).toEqual([undefined, expect.anything()]),
  },
  {
    title: 'an obliterated queue leaves no key behind',
    async run({ queue, take }) {
      await queue.add('wall', {})
      await queue.add('door', {}, { delay: 1_000 })
      await (await take()).moveToCompleted(null, TOKEN, false)
      await queue.obliterate()
    },
    leaves: keys => expect(keys).toEqual({}),
  },
]
