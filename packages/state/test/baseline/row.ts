/**
 * What a test can do to a state, and what a baseline has to say of it: one row for each.
 *
 *     {
 *       says: 'a function of a library that was removed',
 *       breaks: 'string.upper = nil',
 *       changes: ['removed string.upper'],
 *       holds: '("x"):upper() == "X"',
 *     }
 */
import type { LuaState } from '../../src/index.ts'

export interface Row {
  readonly says: string
  /** A chunk that runs before the baseline is taken. */
  readonly before?: string
  /** A chunk that runs after. */
  readonly breaks: string
  /** Kind and path of each change, in any order. */
  readonly changes: readonly string[]
  /** An expression that is true again after the restore. */
  readonly holds: string
  /** Where the row means nothing. */
  readonly unless?: Exception
}

export interface Exception {
  readonly where: (lua: LuaState) => boolean
  readonly because: string
}

/** Lua 5.1 and LuaJIT. */
export const withEnvironments: Exception = {
  where: ({ version }) => version === '5.1',
  because: 'each function has an environment of its own there',
}

export const withoutEnvironments: Exception = {
  where: lua => !withEnvironments.where(lua),
  because: 'functions have no environments since 5.2',
}

export const withoutIntegers: Exception = {
  where: ({ version }) => version === '5.1' || version === '5.2',
  because: 'all numbers are floats before 5.3',
}

export const withoutC: Exception = {
  where: ({ runtime }) => runtime === 'fengari',
  because: 'there is no C code in fengari',
}

export const notLuaJit: Exception = {
  where: ({ runtime }) => runtime !== 'luajit',
  because: 'only LuaJIT has ffi',
}
