/**
 * Tests on several runtimes: one that is not on this machine is skipped, with what says how to install it.
 *
 *     test.for(runtimeNames)('%s: adds', hangs, async (runtime, { skip }) => {
 *       await need(runtime, skip)
 */
import { loadLua, LuaStateError, type RuntimeName } from '../../src/index.ts'

/** In ms: the longest takes about 5 s on a busy machine of two cores; what takes this long hangs. */
export const hangs = { timeout: 60_000 }

const missing = new Set(['LUA_STATE_RUNTIME_MISSING', 'LUA_STATE_RUNTIME_UNAVAILABLE'])
const absences = new Map<RuntimeName, Promise<string | undefined>>()

export async function need(runtime: RuntimeName, skip: (note: string) => never): Promise<void> {
  const known = absences.get(runtime) ?? absence(runtime)
  absences.set(runtime, known)
  const why = await known
  if (why !== undefined) skip(why)
}

async function absence(runtime: RuntimeName): Promise<string | undefined> {
  try {
    await loadLua(runtime)
    return undefined
  } catch (error) {
    if (error instanceof LuaStateError && missing.has(error.code)) return error.message
    throw error
  }
}
