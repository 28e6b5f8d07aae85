import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { silenceErrors } from '../../../src/guards/silence-errors.ts'

test('an error that nobody catches is heard until errors are silenced, and again when that is undone', async () => {
  const heard: unknown[] = []
  const hear = (reason: unknown): void => void heard.push(reason)
  const others = process.rawListeners('unhandledRejection') as NodeJS.UnhandledRejectionListener[]
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', hear)
  onTestFinished(() => {
    process.off('unhandledRejection', hear)
    for (const other of others) process.on('unhandledRejection', other)
  })
  setTimeout(() => void Promise.reject(new Error('due before')), 0)

  const undo = await silenceErrors()
  onTestFinished(undo)
  const silenced = once(process, 'unhandledRejection')
  void Promise.reject(new Error('while silenced'))
  await silenced
  undo()
  const told = once(process, 'unhandledRejection')
  void Promise.reject(new Error('after'))
  await told

  expect(heard.map(String)).toEqual(['Error: due before', 'Error: after'])
})
