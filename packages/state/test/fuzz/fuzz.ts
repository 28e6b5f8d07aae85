/**
 * Holds one runtime against another on random sequences of operations:
 *
 *     await fuzz('lua5.4', { against: 'fengari' })
 *
 * One test file for each runtime, so that each has a process of its own. The seed is fixed; `LUA_FUZZ_SEED` and
 * `LUA_FUZZ_RUNS` (how many sequences) change a run, and `npm run fuzz` goes on and on. A failure prints the seed and
 * the shortest sequence that fails.
 */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadLua, LuaStateError, type RuntimeName } from '../../src/index.ts'
import { operationSequences } from './operations.ts'
import { play } from './perform.ts'
import type { Open } from './world.ts'

const seed = Number(process.env.LUA_FUZZ_SEED ?? 1)
const numRuns = Number(process.env.LUA_FUZZ_RUNS ?? 100)

/** A sequence takes about 40 ms: a run that takes this many ms does not end. */
const hangs = 60_000 + numRuns * 500

export async function fuzz(runtime: RuntimeName, { against }: { against: RuntimeName }): Promise<void> {
  const [tried, reference] = [await load(runtime), await load(against)]
  const missing = [tried, reference].find(found => found instanceof LuaStateError)
  test(
    `${runtime} gives what ${against} gives: ${numRuns} sequences from seed ${seed}`,
    {
      timeout: hangs,
    },
    ({ skip }) => {
      if (tried instanceof LuaStateError || reference instanceof LuaStateError) return skip(missing?.message)
      const property = fc.property(operationSequences, operations => {
        expect(play(tried, operations)).toStrictEqual(play(reference, operations))
      })
      fc.assert(property, { seed, numRuns })
    },
  )
}

async function load(runtime: RuntimeName): Promise<Open | LuaStateError> {
  try {
    return await loadLua(runtime)
  } catch (error) {
    if (error instanceof LuaStateError && error.code === 'LUA_STATE_RUNTIME_MISSING') return error
    throw error
  }
}
