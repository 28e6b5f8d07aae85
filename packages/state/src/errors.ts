/**
 * What goes wrong, by class.
 *
 * `LuaError` and its kin come from Lua code that failed; `LuaStateError` and `LuaStateRangeError` say that this
 * package was used wrongly, by `code`. Details are not enumerable, so that reporters print the message and the
 * stack and not a heap of properties.
 */
import { composeStack, type LuaFrame } from './stack.ts'

export interface LuaErrorDetails {
  /** What Lua's `error` was given, by the rules for values. Default: the message. */
  value?: unknown
  /** Lua's own traceback. */
  traceback?: string
  /** The JS error that a callback threw, identical. */
  cause?: unknown
  /** The chunk in which it failed: an absolute path for a file. */
  chunk?: string | undefined
  /** In that chunk, from 1. */
  line?: number | undefined
  /** Innermost first. */
  frames?: readonly LuaFrame[]
}

/** An error of Lua that nothing in Lua caught. Its stack has the Lua frames first, then the caller's. */
export class LuaError extends Error {
  declare readonly value: unknown
  declare readonly traceback: string
  declare readonly chunk: string | undefined
  declare readonly line: number | undefined

  constructor(message: string, details: LuaErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined)
    const { traceback = '', chunk, line, frames = [] } = details
    const value = 'value' in details ? details.value : message
    hide(this, { name: new.target.name, value, traceback, chunk, line })
    hide(this, { stack: composeStack(this, frames) })
  }
}

/** Lua could not compile a chunk: `chunk` and `line` say where. */
export class LuaSyntaxError extends LuaError {}

/** A call into Lua took longer than `callTimeout` allows. */
export class LuaTimeoutError extends LuaError {
  /** In ms. */
  declare readonly limit: number

  constructor(message: string, details: LuaErrorDetails & { limit: number }) {
    super(message, details)
    hide(this, { limit: details.limit })
  }
}

/** The state reached `maxMemory`, or the runtime ran out of memory. */
export class LuaMemoryError extends LuaError {}

/** Wrong use: `code` says which, as `LUA_STATE_<AREA>_<FACT>`. */
export class LuaStateError extends Error {
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    hide(this, { name: new.target.name })
  }
}

/** A value that Lua has no place for, such as an integer outside the runtime's range. */
export class LuaStateRangeError extends RangeError {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
    hide(this, { name: new.target.name })
  }
}

function hide(target: object, properties: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(properties)) {
    Object.defineProperty(target, key, { value, writable: true, configurable: true, enumerable: false })
  }
}
