import { afterEach, expect, test } from 'vitest'
import { createTestClock } from '../../../src/guards/current-test.ts'
import { enginesGuard } from '../../../src/guards/engines.ts'
import { inForce, inWorker, putInForce } from '../../../src/guards/in-force.ts'

afterEach(() => void Reflect.deleteProperty(globalThis, Symbol.for('vitest-pool-lua.in-force')))

const REFUSED = expect.objectContaining({
  code: 'LUA_POOL_TEST_OUTSIDE',
  message: expect.stringContaining(
    'getLua() was called outside of a test file that this pool runs',
  ) as string,
}) as Error

test('outside of the pool nothing is in force', () => {
  expect(inForce()).toBeUndefined()
  expect(() => inWorker('getLua()')).toThrow(REFUSED)
})

test('in the main process engines can be tracked, and that is all', () => {
  const host = { engines: enginesGuard({ span: 'run' }), clock: createTestClock(0), worker: null }
  putInForce(host)
  expect(inForce()).toBe(host)
  expect(() => inWorker('getLua()')).toThrow(REFUSED)
})
