/**
 * Errors on their way between processes: of the same class again, with what they know. A cause travels with its
 * error; what in `value` is no plain data is told in words.
 *
 *     const data = dataOf(error)           // in the worker, while the state is open
 *     throw errorOf(data, callerLines)     // in the parent: the stack shows Lua's frames, then the caller's
 */
import {
  LuaError,
  LuaMemoryError,
  LuaStateError,
  LuaStateRangeError,
  LuaSyntaxError,
  LuaTimeoutError,
} from '../errors.ts'
import { toJS } from '../tables/table-functions.ts'
import { pack, unpack, type Parcel } from './parcel.ts'

const luaClasses = { LuaError, LuaSyntaxError, LuaMemoryError }

interface Common {
  readonly message: string
  /** The lines of the stack below the message. */
  readonly frames: readonly string[]
  readonly cause: CauseData
}

interface LuaDetails extends Common {
  readonly value: Parcel
  readonly traceback: string
  readonly chunk: string | undefined
  readonly line: number | undefined
}

export type ErrorData =
  | (LuaDetails & { kind: 'lua'; name: keyof typeof luaClasses })
  | (LuaDetails & { kind: 'timeout'; limit: number })
  | (Common & { kind: 'use' | 'range'; code: string })
  /** An error that is none of this package's. */
  | (Common & { kind: 'other'; name: string })

export type CauseData =
  | { kind: 'none' }
  | { kind: 'error'; error: ErrorData }
  | { kind: 'value'; value: Parcel }

/** Causes of causes that travel. */
const deepestCause = 8

export function dataOf(thrown: unknown, depth = 0): ErrorData {
  if (!(thrown instanceof Error)) {
    return { kind: 'other', name: 'Error', message: String(thrown), frames: [], cause: { kind: 'none' } }
  }
  const common = { message: thrown.message, frames: framesOf(thrown), cause: causeOf(thrown, depth) }
  if (thrown instanceof LuaTimeoutError)
    return { kind: 'timeout', limit: thrown.limit, ...detailsOf(thrown, common) }
  if (thrown instanceof LuaError) return { kind: 'lua', name: classOf(thrown), ...detailsOf(thrown, common) }
  // Of wrong use only the caller's place is of interest.
  if (thrown instanceof LuaStateError) return { kind: 'use', code: thrown.code, ...common, frames: [] }
  if (thrown instanceof LuaStateRangeError) return { kind: 'range', code: thrown.code, ...common, frames: [] }
  return { kind: 'other', name: thrown.name, ...common }
}

export function errorOf(data: ErrorData, callerLines: readonly string[]): Error {
  return withStack(bare(data), [...data.frames, ...callerLines])
}

/** The lines below the message become these. */
export function withStack(error: Error, lines: readonly string[]): Error {
  const stack = [`${error.name}: ${error.message}`, ...lines].join('\n')
  return Object.defineProperty(error, 'stack', {
    value: stack,
    writable: true,
    configurable: true,
    enumerable: false,
  })
}

function bare(data: ErrorData): Error {
  const cause = causeIn(data.cause)
  switch (data.kind) {
    case 'lua':
      return new luaClasses[data.name](data.message, { ...luaDetails(data), ...cause })
    case 'timeout':
      return new LuaTimeoutError(data.message, { ...luaDetails(data), ...cause, limit: data.limit })
    case 'use':
      return new LuaStateError(data.code, data.message, cause)
    case 'range':
      return new LuaStateRangeError(data.code, data.message)
    case 'other':
      return Object.defineProperty(new Error(data.message, cause), 'name', {
        value: data.name,
        writable: true,
        configurable: true,
      })
  }
}

function luaDetails({ value, traceback, chunk, line }: LuaDetails) {
  return { value: unpack(value), traceback, chunk, line }
}

function detailsOf(error: LuaError, common: Common): LuaDetails {
  const { traceback, chunk, line } = error
  return { ...common, value: packed(error.value), traceback, chunk, line }
}

function classOf(error: LuaError): keyof typeof luaClasses {
  if (error instanceof LuaSyntaxError) return 'LuaSyntaxError'
  return error instanceof LuaMemoryError ? 'LuaMemoryError' : 'LuaError'
}

/** Of the stack, without the message, which may have lines that look like frames. */
function framesOf(error: Error): string[] {
  const { stack = '' } = error
  const head = `${error.name}: ${error.message}`
  const rest = stack.startsWith(head) ? stack.slice(head.length) : stack
  return rest.split('\n').filter(line => /^\s+at /.test(line))
}

function causeOf(error: Error, depth: number): CauseData {
  if (!('cause' in error) || depth === deepestCause) return { kind: 'none' }
  const { cause } = error
  if (cause instanceof Error) return { kind: 'error', error: dataOf(cause, depth + 1) }
  return { kind: 'value', value: packed(cause) }
}

function causeIn(cause: CauseData): { cause?: unknown } {
  switch (cause.kind) {
    case 'none':
      return {}
    case 'error':
      return { cause: errorOf(cause.error, []) }
    case 'value':
      return { cause: unpack(cause.value) }
  }
}

function packed(value: unknown): Parcel {
  return pack(toJS(value), ({ what }) => `(${what})`)
}
