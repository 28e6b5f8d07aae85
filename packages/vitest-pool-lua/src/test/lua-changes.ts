/** What a file or a suite changes by `luaOptions`; checked when it runs, because settings never see it. */
import { inspect } from 'node:util'
import { PoolError } from '../errors.ts'
import type { LuaSetup } from '../guards/lua.ts'
import type { Runtime } from '../protocol/settings.ts'

export interface LuaChanges {
  runtime?: Runtime
  scope?: 'file' | 'test'
  /** A setup, or the path of its module, relative to the project's root. */
  setup?: LuaSetup | string
}

const ALLOWED: Record<
  keyof LuaChanges,
  { readonly words: string; fits(this: void, value: unknown): boolean }
> = {
  runtime: { words: "'fengari'", fits: value => value === 'fengari' },
  scope: { words: "'file' or 'test'", fits: value => value === 'file' || value === 'test' },
  setup: {
    words: 'a function, or the path of a module that exports a Lua setup',
    fits: value => typeof value === 'function' || typeof value === 'string',
  },
}

/** @throws PoolError `LUA_POOL_LUA_OPTIONS_INVALID`, which lists all that is wrong */
export function checkChanges(changes: unknown): void {
  const wrong = isBag(changes)
    ? Object.entries(changes).flatMap(problem)
    : [`got ${inspect(changes)}, allowed is an object`]
  if (wrong.length === 0) return
  throw new PoolError(
    'LUA_POOL_LUA_OPTIONS_INVALID',
    `luaOptions cannot be used: ${wrong.join('; ')}. Mend them where the file or suite overrides luaOptions.`,
  )
}

function problem([name, value]: [string, unknown]): string[] {
  if (!Object.hasOwn(ALLOWED, name))
    return [`${name}: no such option; there are ${Object.keys(ALLOWED).join(', ')}`]
  const { words, fits } = ALLOWED[name as keyof LuaChanges]
  return value === undefined || fits(value) ? [] : [`${name}: got ${inspect(value)}, allowed is ${words}`]
}

function isBag(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
