/**
 * Hears of the timeout of each test and hook as Vitest starts it: Vitest leaves it on its runner, where actions of
 * browser tests find it. Of `afterAll` and `afterEach` it is known nowhere else.
 * https://github.com/vitest-dev/vitest/blob/v5.1.1/packages/vitest/src/runtime/runner/context.ts
 */
import type { Runner } from './runner.ts'

/** In Vitest 5, and in 4.1. */
const PROPERTIES = {
  _deadline: (deadline: { readonly startTime: number; readonly endTime: number }) =>
    deadline.endTime - deadline.startTime,
  _currentTaskTimeout: (timeout: number) => timeout,
}

/** @param heard is called with the timeout in ms, in the context of what starts */
export function hearFunctionLimits(runner: Runner, heard: (timeout: number) => void): void {
  for (const [name, timeoutOf] of Object.entries(PROPERTIES)) {
    let current: unknown
    Object.defineProperty(runner, name, {
      configurable: true,
      enumerable: false,
      get: () => current,
      set(value: unknown) {
        current = value
        if (value !== undefined) heard(timeoutOf(value as never))
      },
    })
  }
}
