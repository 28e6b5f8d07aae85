import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createTestClock } from '../../../src/guards/current-test.ts'
import { enginesGuard } from '../../../src/guards/engines.ts'
import { loadRuntime, openers, trackStates } from '../../../src/guards/lua-states.ts'
import { currentTest, testName } from '../samples.ts'

const open = await loadRuntime('fengari')

test('each runtime is opened by one function, whoever asks', async () => {
  const openerOf = openers('fengari', open)
  expect(await openerOf('fengari')).toBe(open)
  expect(openerOf('fengari')).toBe(openerOf('fengari'))
})

test('a state that a test leaves open is closed with the file, and told with test and line', async () => {
  const engines = enginesGuard()
  const clock = createTestClock(1_000)
  const states = trackStates(engines, clock)
  const left = clock.within(currentTest('leaves it'), () => open())
  const closed = clock.within(currentTest('closes it'), () => open())
  closed.close()

  expect(states).toEqual([left, closed])
  expect(await engines.close()).toMatchObject([
    {
      kind: 'engine-left-open',
      engine: 'Lua state (fengari)',
      outcome: 'disposed',
      test: testName('leaves it'),
      at: { file: fileURLToPath(import.meta.url) },
    },
  ])
  expect(left.closed).toBe(true)
  expect(engines.counts()).toEqual({ opened: 2, disposed: 2, left: 0 })
})
