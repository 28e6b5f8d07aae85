/** Any sequence of changes is undone, says a check that shares no code with baselines. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { LuaFunction, LuaState } from '../../src/index.ts'

const chunk = readFileSync(path.join(import.meta.dirname, 'at-random.lua'))

export function testAtRandom(fresh: () => LuaState): void {
  test.each([1, 2, 3, 4, 5])('undoes whatever is done at random (seed %i)', seed => {
    const lua = fresh()
    const [disturb, check] = lua.execute.all(chunk, seed) as [LuaFunction, LuaFunction]
    const baseline = lua.baseline()
    for (const times of [1, 3, 10, 30, 100]) {
      disturb(times)
      expect(check()).toBe(baseline.diff().length === 0)
      baseline.restore()
      expect(check()).toBe(true)
      expect(baseline.diff()).toEqual([])
    }
  })
}
