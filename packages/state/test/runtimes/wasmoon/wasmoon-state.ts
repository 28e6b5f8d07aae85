/** A wasmoon state for one test. */
import { onTestFinished } from 'vitest'
import { loadLua, type LuaOptions, type LuaState } from '../../../src/index.ts'

export const openWasmoon = await loadLua('wasmoon')

/** Closed when the running test has finished. */
export function freshWasmoon(options?: LuaOptions): LuaState {
  const state = openWasmoon(options)
  onTestFinished(() => state.close())
  return state
}
