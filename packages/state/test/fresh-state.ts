/** A state for one test. */
import { onTestFinished } from 'vitest'
import { loadLua, type LuaOptions, type LuaState } from '../src/index.ts'

const open = await loadLua('fengari')

/** A fengari state that is closed when the running test has finished. */
export function freshState(options?: LuaOptions): LuaState {
  const state = open(options)
  onTestFinished(() => state.close())
  return state
}

/** What the function throws. */
export function thrownBy(body: () => unknown): unknown {
  try {
    body()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
