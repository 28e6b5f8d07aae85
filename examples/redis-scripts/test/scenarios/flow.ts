/** Jobs that wait for others: addParentJob, moveToWaitingChildren, and what finishing a child does. */
import { expect } from 'vitest'
import { paint, type Scenario } from '../scenario.ts'
import { NOW, TOKEN, type Workshop } from '../workshop.ts'
import { failure } from './finish.ts'

async function addHouse({ flows }: Workshop, childOptions: object = {}): Promise<void> {
  const child = (name: string, jobId: string) => ({
    name,
    queueName: 'paint',
    opts: { jobId, ...childOptions },
  })
  await flows.add({
    name: 'house',
    queueName: 'paint',
    opts: { jobId: 'house' },
    children: [child('wall', 'w'), child('door', 'd')],
  })
}

export const flowScenarios: readonly Scenario[] = [
  {
    title: 'a parent waits for its children, which wait to be done',
    run: workshop => addHouse(workshop),
    leaves(keys) {
      expect(paint(keys, 'waiting-children', 'wait')).toEqual([[['house', expect.anything()]], ['d', 'w']])
      expect(paint(keys, 'house:dependencies')).toEqual([['bull:paint:d', 'bull:paint:w']])
      expect(paint(keys, 'w')).toEqual([
        expect.objectContaining({
          parentKey: 'bull:paint:house',
          parent: { id: 'house', queueKey: 'bull:paint' },
        }),
      ])
    },
  },
  {
    title: 'a parent waits to be done itself once its last child is, and finds what they returned',
    async run(workshop) {
      await addHouse(workshop)
      await (await workshop.take()).moveToCompleted('white', TOKEN, false)
      await (await workshop.take()).moveToCompleted('green', TOKEN, false)
    },
    leaves(keys) {
      expect(paint(keys, 'waiting-children', 'wait')).toEqual([undefined, ['house']])
      expect(paint(keys, 'house:processed', 'house:dependencies')).toEqual([
        { 'bull:paint:w': '"white"', 'bull:paint:d': '"green"' },
        undefined,
      ])
    },
  },
  {
    title: 'a parent fails when a child fails that it can not do without',
    async run(workshop) {
      await addHouse(workshop, { failParentOnFailure: true })
      await (await workshop.take()).moveToFailed(failure('no paint left'), TOKEN)
      const { name, deferredFailure } = await workshop.take()
      expect([name, deferredFailure]).toEqual(['house', 'child bull:paint:w failed'])
    },
    leaves(keys) {
      expect(paint(keys, 'waiting-children', 'active', 'failed')).toEqual([
        undefined,
        ['house'],
        [['w', NOW]],
      ])
    },
  },
  {
    title: 'an active parent goes back to waiting for children that it added itself',
    async run({ queue, take }) {
      await queue.add('house', {})
      const parent = await take()
      await queue.add('wall', {}, { parent: { id: '1', queue: 'bull:paint' } })
      expect(await parent.moveToWaitingChildren(TOKEN)).toBe(true)
    },
    leaves(keys) {
      expect(paint(keys, 'active', 'wait')).toEqual([undefined, ['2']])
      expect(paint(keys, '1:dependencies')).toEqual([['bull:paint:2']])
    },
  },
  {
    title: 'removing a parent removes the child that nobody has begun',
    async run(workshop) {
      await addHouse(workshop)
      await (await workshop.take()).moveToCompleted('white', TOKEN, false)
      await workshop.queue.remove('house')
    },
    leaves(keys) {
      expect(paint(keys, 'house', 'd', 'wait', 'waiting-children')).toEqual(Array(4))
    },
  },
]
