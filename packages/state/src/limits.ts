/**
 * How long one outermost call into Lua may take.
 *
 * The limit is asked for when the call enters Lua, so that a test runner can give what is left of the test.
 */
import { inspect } from 'node:util'
import { now } from './clock.ts'
import { LuaStateError } from './errors.ts'
import type { LuaOptions } from './options.ts'

export class Deadline {
  readonly #option: LuaOptions['callTimeout']
  #limit = Infinity
  #at = Infinity

  constructor(option: LuaOptions['callTimeout']) {
    this.#option = option
  }

  /** Of the call that runs, in ms; Infinity without one. */
  get limit(): number {
    return this.#limit
  }

  start(): void {
    const option = this.#option
    if (option === undefined) return
    const limit = typeof option === 'function' ? checked(option()) : option
    this.#limit = limit === undefined || limit === 0 ? Infinity : limit
    this.#at = this.#limit === Infinity ? Infinity : now() + this.#limit
  }

  hasPassed(): boolean {
    return this.#at !== Infinity && now() > this.#at
  }
}

function checked(limit: unknown): number | undefined {
  if (limit === undefined || (typeof limit === 'number' && limit >= 0)) return limit
  throw new LuaStateError(
    'LUA_STATE_OPTION_INVALID',
    `The function callTimeout gave ${inspect(limit)}. Allowed is a number of ms from 0, or undefined.`,
  )
}
