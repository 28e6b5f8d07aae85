/** What a sequence of operations works on: a state, and what JS keeps of it, also after it was closed. */
import type { Baseline, LuaAny, LuaCoroutine, LuaOptions, LuaState } from '../../src/index.ts'

export type Open = (options?: LuaOptions) => LuaState

export interface World {
  lua: LuaState
  readonly reopen: () => void
  /** Values of Lua: tables and functions, or whatever a global was. */
  readonly handles: (LuaAny | undefined)[]
  readonly coroutines: (LuaCoroutine | undefined)[]
  baseline: Baseline | undefined
}

export function openWorld(open: Open): World {
  const reopen = (): void => {
    world.lua.close()
    world.lua = open()
  }
  const world: World = { lua: open(), reopen, handles: [], coroutines: [], baseline: undefined }
  return world
}
