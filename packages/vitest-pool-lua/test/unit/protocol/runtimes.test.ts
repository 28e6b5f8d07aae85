import { runtimeNames } from '@vitest-pool-lua/state'
import { expect, test } from 'vitest'
import { RUNTIMES } from '../../../src/protocol/runtimes.ts'

test('the settings know the runtimes of the state package, in its order', () => {
  expect(RUNTIMES).toEqual(runtimeNames)
})
