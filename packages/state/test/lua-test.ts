/** `test` with a fresh fengari state, closed after each test. */
import { test as base } from 'vitest'
import { openLua, type LuaOptions, type LuaState } from '../src/index.ts'

export const test = testWith({})

/** The same with options for the state. */
export function testWith(options: LuaOptions) {
  return base.extend<{ lua: LuaState }>({
    // oxlint-disable-next-line no-empty-pattern -- Vitest wants a destructured first argument.
    lua: async ({}, use) => {
      const state = await openLua('fengari', options)
      await use(state)
      state.close()
    },
  })
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
