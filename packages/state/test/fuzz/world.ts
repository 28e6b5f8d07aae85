/** What a sequence of operations works on: a state, and what JS keeps of it, also after it was closed. */
import type { Baseline, LuaAny, LuaCoroutine, LuaOptions, LuaState } from '../../src/index.ts'
import { prelude } from './programs.ts'
import { coroutines } from './vocabulary.ts'

export type Open = (options?: LuaOptions) => LuaState

export interface World {
  lua: LuaState
  readonly reopen: () => void
  /** Values of Lua: tables and functions, or whatever a global was. */
  readonly handles: LuaAny[]
  readonly coroutines: (LuaCoroutine | undefined)[]
  baseline: Baseline | undefined
}

/** Something of each kind is there from the start, or most operations would find nothing. */
export function openWorld(open: Open): World {
  const reopen = (): void => {
    world.lua.close()
    world.lua = openFurnished(open)
  }
  const lua = openFurnished(open)
  const handles = lua.execute.all('return a, {b}, function(...) return ... end')
  const world: World = { lua, reopen, handles, coroutines: echoes(lua), baseline: lua.baseline() }
  return world
}

function openFurnished(open: Open): LuaState {
  const lua = open()
  lua.execute(prelude)
  lua.execute('a, b = {10, 20, x = {y = {}}}, {}')
  return lua
}

function echoes(lua: LuaState): LuaCoroutine[] {
  return [lua.execute(coroutines.echoes), lua.execute(coroutines.counts)]
}
