/** Jobs that are taken and finished: moveToActive, moveToFinished. */
import { expect } from 'vitest'
import { eventsOf, paint, type Scenario } from '../scenario.ts'
import { NOW, TOKEN } from '../workshop.ts'

export const finishScenarios: readonly Scenario[] = [
  {
    title: 'the job that waited longest becomes active and is locked for a while',
    async run({ queue, take, passTime }) {
      await queue.add('wall', {})
      await queue.add('door', {})
      passTime(1_000)
      await take()
    },
    leaves(keys) {
      expect(paint(keys, 'wait', 'active')).toEqual([['2'], ['1']])
      expect(keys['bull:paint:1:lock']).toEqual({ type: 'string', value: TOKEN, expires: true })
      expect(paint(keys, '1')).toEqual([
        expect.objectContaining({ processedOn: String(NOW + 1_000), ats: '1', pb: 'painter' }),
      ])
      expect(eventsOf(keys).at(-1)).toBe('active')
    },
  },
  {
    title: 'jobs with a priority are taken after those without, the lowest number first',
    async run({ queue, take }) {
      await queue.add('second', {}, { priority: 5 })
      await queue.add('third', {}, { priority: 6 })
      await queue.add('first', {})
      const names = [(await take()).name, (await take()).name, (await take()).name]
      expect(names).toEqual(['first', 'second', 'third'])
    },
    leaves: keys => expect(paint(keys, 'active', 'prioritized')).toEqual([['2', '1', '3'], undefined]),
  },
  {
    title: 'a delayed job is taken when its time has come, and not before',
    async run({ queue, tryToTake, passTime }) {
      await queue.add('soon', {}, { delay: 5_000 })
      expect(await tryToTake()).toBeUndefined()
      passTime(5_000)
      expect((await tryToTake())?.name).toBe('soon')
    },
    leaves: keys => expect(paint(keys, 'delayed', 'active')).toEqual([undefined, ['1']]),
  },
  {
    title: 'a completed job keeps what it returned, and its lock is gone',
    async run({ queue, take, passTime }) {
      await queue.add('wall', {})
      const job = await take()
      passTime(250)
      await job.moveToCompleted({ litres: 3 }, TOKEN, false)
    },
    leaves(keys) {
      expect(paint(keys, 'active', '1:lock', 'completed')).toEqual([undefined, undefined, [['1', NOW + 250]]])
      expect(paint(keys, '1')).toEqual([
        expect.objectContaining({ returnvalue: { litres: 3 }, finishedOn: String(NOW + 250), atm: '1' }),
      ])
      expect(eventsOf(keys).slice(-2)).toEqual(['completed', 'drained'])
    },
  },
  {
    title: 'finishing a job can take the next one in the same step',
    async run({ queue, take }) {
      await queue.add('wall', {})
      await queue.add('door', {})
      const next = await (await take()).moveToCompleted('done', TOKEN, true)
      expect(next).toEqual([expect.objectContaining({ name: 'door' }), '2', 0, 0])
    },
    leaves: keys => expect(paint(keys, 'active', 'wait')).toEqual([['2'], undefined]),
  },
  {
    title: 'a job that is removed on completion leaves nothing but its events',
    async run({ queue, take }) {
      await queue.add('wall', {}, { removeOnComplete: true })
      await (await take()).moveToCompleted('done', TOKEN, false)
    },
    leaves(keys) {
      const left = ['bull:paint:events', 'bull:paint:id', 'bull:paint:marker', 'bull:paint:meta']
      expect(Object.keys(keys)).toEqual(left)
    },
  },
  {
    title: 'of completed jobs only the newest are kept, when a count says so',
    async run({ queue, take, passTime }) {
      await queue.addBulk(
        [1, 2, 3, 4].map(n => ({ name: `${n}`, data: {}, opts: { removeOnComplete: { count: 2 } } })),
      )
      for (let done = 0; done < 4; done++) {
        passTime(10)
        await (await take()).moveToCompleted(null, TOKEN, false)
      }
    },
    leaves(keys) {
      const kept = [
        ['3', NOW + 30],
        ['4', NOW + 40],
      ]
      expect(paint(keys, 'completed', '1', '2')).toEqual([kept, undefined, undefined])
    },
  },
  {
    title: 'a failed job keeps the reason, and says that its attempts are used up',
    async run({ queue, take }) {
      await queue.add('wall', {})
      await (await take()).moveToFailed(failure('no paint left'), TOKEN)
    },
    leaves(keys) {
      expect(paint(keys, 'failed', 'active')).toEqual([[['1', NOW]], undefined])
      const job = { failedReason: 'no paint left', stacktrace: '["at the wall"]', atm: '1' }
      expect(paint(keys, '1')).toEqual([expect.objectContaining(job)])
      expect(eventsOf(keys).slice(-3)).toEqual(['failed', 'retries-exhausted', 'drained'])
    },
  },
  {
    title: 'a job can not be finished by a worker that does not hold its lock',
    async run({ queue, take }) {
      await queue.add('wall', {})
      const job = await take()
      await expect(job.moveToCompleted('mine!', 'token-of-another', false)).rejects.toThrow(/[Ll]ock/)
    },
    leaves: keys => expect(paint(keys, 'active', 'completed')).toEqual([['1'], undefined]),
  },
]

/** An error whose stack is the same wherever it is made. */
export function failure(message: string): Error {
  return Object.assign(new Error(message), { stack: 'at the wall' })
}
