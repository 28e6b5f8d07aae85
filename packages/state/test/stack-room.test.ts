import { expect, test } from 'vitest'
import { stackGuard } from '../src/stack-room.ts'

/** Calls itself until the stack is at its end; gives the depth at which `body` found too little room for the first time. */
function deepest(body: () => void): { refusedAt: number; endedAt: number } {
  let [refusedAt, endedAt] = [0, 0]
  const recurse = (depth: number): void => {
    endedAt = depth
    try {
      if (refusedAt === 0) body()
    } catch {
      refusedAt = depth
    }
    recurse(depth + 1)
  }
  expect(() => recurse(1)).toThrow(RangeError)
  return { refusedAt, endedAt }
}

test('the guard refuses before the stack of JS is at its end, and not long before', () => {
  const guard = stackGuard()
  for (let round = 0; round < 3; round++) {
    const { refusedAt, endedAt } = deepest(guard)
    expect(refusedAt).toBeGreaterThan(endedAt * 0.8)
    expect(refusedAt).toBeLessThan(endedAt * 0.99)
  }
  guard()
})

test('the guard holds after many calls, when engines have compiled it anew', async () => {
  const guard = stackGuard()
  for (let round = 0; round < 20; round++) {
    for (let call = 0; call < 50_000; call++) guard()
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  const { refusedAt, endedAt } = deepest(guard)
  expect(refusedAt).toBeLessThan(endedAt * 0.99)
})
