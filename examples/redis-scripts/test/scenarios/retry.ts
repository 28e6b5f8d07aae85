/** Jobs that are tried again: retryJob, reprocessJob, moveJobsToWait, moveStalledJobsToWait. */
import { expect } from 'vitest'
import { eventsOf, paint, type Scenario } from '../scenario.ts'
import { NOW, TOKEN, type Workshop } from '../workshop.ts'
import { failure } from './finish.ts'

async function failOne({ queue, take }: Workshop, options: object): Promise<void> {
  await queue.add('wall', {}, options)
  await (await take()).moveToFailed(failure('no paint left'), TOKEN)
}

export const retryScenarios: readonly Scenario[] = [
  {
    title: 'a job that has attempts left waits again at once',
    run: workshop => failOne(workshop, { attempts: 3 }),
    leaves(keys) {
      expect(paint(keys, 'wait', 'active', 'failed', '1:lock')).toEqual([
        ['1'],
        undefined,
        undefined,
        undefined,
      ])
      expect(paint(keys, '1')).toEqual([expect.objectContaining({ atm: '1', failedReason: 'no paint left' })])
      expect(eventsOf(keys).at(-1)).toBe('waiting')
    },
  },
  {
    title: 'a job that backs off waits for its delay',
    run: workshop => failOne(workshop, { attempts: 3, backoff: { type: 'exponential', delay: 2_000 } }),
    leaves(keys) {
      expect(paint(keys, 'delayed', 'active')).toEqual([[['1', (NOW + 2_000) * 4096]], undefined])
      expect(paint(keys, '1')).toEqual([expect.objectContaining({ atm: '1', delay: '2000' })])
    },
  },
  {
    title: 'a job that has a priority keeps it when it is retried',
    run: workshop => failOne(workshop, { attempts: 2, priority: 7 }),
    leaves: keys => expect(paint(keys, 'prioritized')).toEqual([[['1', 7 * 2 ** 32 + 2]]]),
  },
  {
    title: 'a job that had failed for good can be reprocessed',
    async run(workshop) {
      await failOne(workshop, {})
      const [job] = await workshop.queue.getFailed()
      await job?.retry('failed')
    },
    leaves(keys) {
      expect(paint(keys, 'wait', 'failed')).toEqual([['1'], undefined])
      expect(paint(keys, '1')).toEqual([expect.not.objectContaining({ failedReason: expect.anything() })])
    },
  },
  {
    title: 'all failed jobs can be retried together',
    async run(workshop) {
      await failOne(workshop, {})
      await failOne(workshop, {})
      await workshop.queue.retryJobs({ state: 'failed' })
    },
    leaves: keys => expect(paint(keys, 'wait', 'failed')).toEqual([['2', '1'], undefined]),
  },
  {
    title: 'a job whose worker died waits again once its lock is gone for two checks',
    async run({ queue, worker, take, redis }) {
      await queue.add('wall', {})
      await take()
      await worker.getBackend().moveStalledJobsToWait()
      await redis.call('DEL', 'bull:paint:1:lock', 'bull:paint:stalled-check')
      await worker.getBackend().moveStalledJobsToWait()
    },
    leaves(keys) {
      expect(paint(keys, 'wait', 'active')).toEqual([['1'], undefined])
      expect(paint(keys, '1')).toEqual([expect.objectContaining({ stc: '1' })])
      expect(eventsOf(keys).slice(-2)).toEqual(['waiting', 'stalled'])
    },
  },
]
