/**
 * Runs the same tests on every runtime that is on this machine:
 *
 *     await onEveryRuntime(fresh => {
 *       test('1 + 1 is 2', () => expect(fresh().eval('1 + 1')).toBe(2))
 *     })
 */
import { describe, onTestFinished } from 'vitest'
import {
  loadLua,
  LuaStateError,
  runtimeNames,
  type LuaOptions,
  type LuaState,
  type RuntimeName,
} from '../src/index.ts'

/** Opens a state that is closed when the running test has finished. */
export type Fresh = (options?: LuaOptions) => LuaState

export async function onEveryRuntime(tests: (fresh: Fresh, runtime: RuntimeName) => void): Promise<void> {
  for (const runtime of runtimeNames) {
    const { open, missing } = await load(runtime)
    const fresh: Fresh = options => {
      const lua = open(options)
      onTestFinished(() => lua.close())
      return lua
    }
    describe.skipIf(missing !== '')(`on ${runtime}${missing}`, () => {
      tests(fresh, runtime)
    })
  }
}

interface Loaded {
  readonly open: Fresh
  /** Why it can't be had here, or nothing. */
  readonly missing: string
}

const notHere = new Set(['LUA_STATE_RUNTIME_MISSING', 'LUA_STATE_RUNTIME_UNAVAILABLE'])

async function load(runtime: RuntimeName): Promise<Loaded> {
  try {
    return { open: await loadLua(runtime), missing: '' }
  } catch (error) {
    if (!(error instanceof LuaStateError) || !notHere.has(error.code)) throw error
    const open = (): never => {
      throw error
    }
    return { open, missing: `, which is not on this machine: ${error.message}` }
  }
}
