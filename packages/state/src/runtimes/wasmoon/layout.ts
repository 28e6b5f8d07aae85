/**
 * Where things lie in the structures of Lua 5.4 that its API does not reach, in a build for 32 bits. Checked whenever
 * an engine starts: see `check-layout.ts`.
 *
 * https://www.lua.org/source/5.4/lstate.h.html#lua_State, https://www.lua.org/source/5.4/lua.h.html#lua_Debug
 */

/** In `lua_State`. */
export const threadLayout = {
  /** A byte: 0 while a hook runs. */
  allowHook: 7,
  /** A pointer: behind the last value on the stack. */
  top: 12,
  /** A pointer: the block of the stack, which begins with the running function. */
  stack: 28,
} as const

/** A value on the stack. */
export const valueSize = 16

/** In `lua_Debug`. */
export const debugLayout = {
  event: 0,
  name: 4,
  what: 12,
  source: 16,
  sourceLength: 20,
  currentLine: 24,
  /** At least: what is behind is Lua's own. */
  size: 128,
} as const

export const hookEvents = { count: 3 }
export const hookMasks = { count: 8 } as const

/** The main thread in the registry. */
export const mainThreadKey = 1
