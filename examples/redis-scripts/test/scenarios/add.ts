/** Jobs that are added: addStandardJob, addDelayedJob, addPrioritizedJob. */
import { expect } from 'vitest'
import { eventsOf, paint, type Scenario } from '../scenario.ts'
import { NOW } from '../workshop.ts'

export const addScenarios: readonly Scenario[] = [
  {
    title: 'a job without options waits at the head of the list',
    async run({ queue }) {
      await queue.add('wall', { colour: 'red' })
      await queue.add('door', { colour: 'blue' })
    },
    leaves(keys) {
      expect(paint(keys, 'wait', 'id', 'marker')).toEqual([['2', '1'], '2', [['0', 0]]])
      expect(paint(keys, '1')).toEqual([
        {
          name: 'wall',
          data: { colour: 'red' },
          opts: { attempts: 0 },
          timestamp: String(NOW),
          delay: '0',
          priority: '0',
        },
      ])
      expect(eventsOf(keys)).toEqual(['added', 'waiting', 'added', 'waiting'])
    },
  },
  {
    title: 'a job that is last in, first out waits at the tail',
    async run({ queue }) {
      await queue.add('wall', {})
      await queue.add('door', {}, { lifo: true })
    },
    leaves: keys => expect(paint(keys, 'wait')).toEqual([['1', '2']]),
  },
  {
    title: 'delayed jobs wait in the order of their time, which the marker shows',
    async run({ queue }) {
      await queue.add('late', {}, { delay: 60_000 })
      await queue.add('soon', {}, { delay: 5_000 })
      await queue.add('soon too', {}, { delay: 5_000 })
    },
    leaves(keys) {
      const soon = (NOW + 5_000) * 4096
      expect(paint(keys, 'delayed')).toEqual([
        [
          ['2', soon],
          ['3', soon + 1],
          ['1', (NOW + 60_000) * 4096],
        ],
      ])
      expect(paint(keys, 'marker', 'wait')).toEqual([[['1', NOW + 5_000]], undefined])
    },
  },
  {
    title: 'jobs with a priority wait by priority, and by age within one',
    async run({ queue }) {
      await queue.add('later', {}, { priority: 3 })
      await queue.add('first', {}, { priority: 1 })
      await queue.add('last', {}, { priority: 3 })
    },
    leaves(keys) {
      expect(paint(keys, 'prioritized', 'pc')).toEqual([
        [
          ['2', 1 * 2 ** 32 + 2],
          ['1', 3 * 2 ** 32 + 1],
          ['3', 3 * 2 ** 32 + 3],
        ],
        '3',
      ])
    },
  },
  {
    title: 'a job that is added twice under one id is there once, as it was first',
    async run({ queue }) {
      await queue.add('wall', { colour: 'red' }, { jobId: 'wall-1' })
      await queue.add('wall', { colour: 'blue' }, { jobId: 'wall-1' })
    },
    leaves(keys) {
      expect(paint(keys, 'wait', 'wall-1')).toEqual([
        ['wall-1'],
        expect.objectContaining({ data: { colour: 'red' } }),
      ])
      expect(eventsOf(keys)).toEqual(['added', 'waiting', 'duplicated'])
    },
  },
  {
    title: 'a job that is like another by its deduplication id is not added while the id lives',
    async run({ queue }) {
      const deduplication = { id: 'walls', ttl: 60_000 }
      await queue.add('wall', { side: 'north' }, { deduplication })
      await queue.add('wall', { side: 'south' }, { deduplication })
    },
    leaves(keys) {
      expect(paint(keys, 'wait')).toEqual([['1']])
      expect(keys['bull:paint:de:walls']).toEqual({ type: 'string', value: '1', expires: true })
      expect(eventsOf(keys)).toEqual(['added', 'waiting', 'deduplicated'])
    },
  },
  {
    title: 'jobs that are added in bulk wait in their order',
    run: async ({ queue }) => {
      await queue.addBulk(['north', 'east', 'south'].map(side => ({ name: 'wall', data: { side } })))
    },
    leaves: keys => expect(paint(keys, 'wait', 'id')).toEqual([['3', '2', '1'], '3']),
  },
  {
    title: 'texts beyond ASCII arrive whole',
    run: async ({ queue }) => {
      await queue.add('façade', { note: 'größer – 大きい 🎨', path: 'a/b' }, { jobId: 'ñ' })
    },
    leaves(keys) {
      const job = expect.objectContaining({
        name: 'façade',
        data: { note: 'größer – 大きい 🎨', path: 'a/b' },
      })
      expect(paint(keys, 'wait', 'ñ')).toEqual([['ñ'], job])
    },
  },
]
