import { openLua, runtimeNames } from '@vitest-pool-lua/state'
import { expect, test } from 'vitest'
import { RUNTIMES, factsOf } from '../../../src/protocol/runtimes.ts'
import { reasonMissing } from '../../reason-missing.ts'

test('the settings know the runtimes of the state package, in its order', () => {
  expect(RUNTIMES).toEqual(runtimeNames)
})

test.for(RUNTIMES)('%s can what the settings take it to be able to', async (runtime, { skip }) => {
  const reason = await reasonMissing(runtime)
  skip(reason !== undefined, reason)
  const state = await openLua(runtime)
  const { cModules, memoryCap, compiler } = state.capabilities
  state.close()
  expect(factsOf(runtime)).toMatchObject({ cModules, memoryCap, compiler })
})
