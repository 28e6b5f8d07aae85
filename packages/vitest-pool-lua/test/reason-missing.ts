/**
 * Why this machine cannot open a runtime; undefined where it can. Tests that need one are skipped with that reason.
 *
 *     skip((await reasonMissing('luajit')) !== undefined, ...)
 */
import { LuaStateError, openLua } from '@vitest-pool-lua/state'
import type { RuntimeName } from '@vitest-pool-lua/state'

export async function reasonMissing(runtime: RuntimeName): Promise<string | undefined> {
  try {
    const state = await openLua(runtime)
    state.close()
    return undefined
  } catch (error) {
    if (error instanceof LuaStateError) return error.message
    throw error
  }
}
