import { expect, test } from 'vitest'
import { createTestClock } from '../../../src/guards/current-test.ts'
import { tellHookTimeouts } from '../../../src/worker/hook-timeouts.ts'
import { fileTask, suiteTask } from './tasks-as-vitest-makes-them.ts'

const TIMEOUT = Symbol.for('VITEST_CLEANUP_TIMEOUT')

test('a hook with a timeout of its own has that much time, in suites too', () => {
  const clock = createTestClock(1_000)
  const left = (): number => Math.round((clock.left() ?? 0) / 1_000)
  const file = fileTask('/project/test/math.test.ts')
  const suite = { ...suiteTask('numbers', file), type: 'suite', tasks: [] }
  const hooks = new Map<unknown, Record<string, ((...args: unknown[]) => unknown)[]>>([
    [file, { beforeAll: [Object.assign(left, { [TIMEOUT]: 5_000 })], afterAll: [() => left()] }],
    [suite, { beforeEach: [Object.assign(() => left(), { [TIMEOUT]: 9_000 })] }],
  ])

  const whole = Object.assign(file, { tasks: [suite] })
  tellHookTimeouts(whole, of => hooks.get(of) ?? {}, clock)

  expect(hooks.get(file)?.beforeAll?.[0]?.()).toBe(5)
  expect(hooks.get(file)?.afterAll?.[0]?.()).toBe(1)
  expect(hooks.get(suite)?.beforeEach?.[0]?.()).toBe(9)
  const uncollected = fileTask('/project/test/broken.test.ts')
  expect(() => tellHookTimeouts(uncollected, () => undefined, clock)).not.toThrow()
  expect(Reflect.get(hooks.get(file)?.beforeAll?.[0] ?? {}, TIMEOUT)).toBe(5_000)
})
