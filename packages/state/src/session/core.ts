/**
 * What tables, functions and coroutines need of the state that they belong to.
 *
 * Every use of the stack stands between `enter` and `leave`, which puts the stack back:
 *
 *     const thread = core.enter()
 *     const { base } = core
 *     try { ... } finally { core.leave(thread, base) }
 */
import type { LuaError } from '../errors.ts'
import type { AllResults, Callback, Machine, ObjectSupport, Ref, Thread, Trace } from '../machine/machine.ts'
import type { CheckedOptions } from '../options.ts'

export interface Core extends ObjectSupport {
  readonly machine: Machine
  readonly options: CheckedOptions
  /** Says that a call is running and gives the thread to work on. Throws when the state is closed. */
  enter(): Thread
  /** What lay on the stack at the last `enter`. */
  readonly base: number
  /** Puts the stack back. Throws the error that ended the call by force, when that was the outermost. */
  leave(thread: Thread, base: number): void
  /** The thread that runs now: the main one, or a coroutine's inside its callbacks. */
  readonly thread: Thread
  readonly closed: boolean
  /** The coroutines of `executeAsync`: promises that callbacks return suspend them. */
  readonly waiting: Map<Thread, Waiting>

  /** Runs JS code that Lua has called on this thread. `invoke` does so itself. */
  onThread<T>(thread: Thread, body: () => T): T
  push(thread: Thread, value: unknown): void
  read(thread: Thread, index: number): unknown
  /** What a callback returns: see `ToLua`. */
  pushResults(thread: Thread, result: unknown): number
  /** Calls the function and its arguments that lie above a handler. Gives the number of results on top. Throws. */
  run(thread: Thread, args: number, wanted: 1 | AllResults): number
  /** Compiles and leaves the function on top. Throws `LuaSyntaxError`. */
  load(thread: Thread, source: Uint8Array, chunkName: string): void
  call(ref: Ref, args: readonly unknown[]): unknown
  callAll(ref: Ref, args: readonly unknown[]): unknown[]
  readAll(thread: Thread, first: number, count: number): unknown[]
  /** The error for the error value on top of the stack. */
  failure(thread: Thread, trace: Trace): LuaError
  /** Runs a JS function for Lua: the arguments lie above `skip` values. Gives the number of results. */
  readonly invoke: (thread: Thread, target: JsFunction, self: unknown, skip: number) => number
  /** Lua functions of our own, made once. */
  operation(name: OperationName): Ref
  /** A callback that comes out of Lua as `target`. */
  linkCallback(callback: Callback, target: JsFunction): Callback
}

export interface Waiting {
  /** Called by a callback; yields the coroutine, whose callback then has the result of the promise. */
  suspend(promise: Promise<unknown>): number
}

export type JsFunction = (...args: unknown[]) => unknown

/** What may run metamethods is done by Lua itself, in functions of one line. */
export type OperationName = 'get' | 'set' | 'length'
