/**
 * What an adapter gives to the rest of the package: one open Lua, seen as the stack of Lua's own C API. The
 * rules for values, tables, calls and errors are written once, on top of it.
 *
 * Nothing here raises a Lua error through JS: what can fail runs inside `call`, which answers `false`.
 */
import type { Capabilities } from '../capabilities.ts'
import type { RuntimeName } from '../runtime-names.ts'
import type { LuaFrame } from '../stack.ts'

/** Lua's main thread or a coroutine: opaque. */
export interface Thread {
  readonly luaThread?: never
}

/**
 * A table, function, coroutine or userdata of Lua, kept alive by whoever holds it. The same Lua value gives the
 * same object as long as it lives.
 */
export interface Ref {
  readonly luaRef?: never
}

/** Type tags, the same numbers in every version of Lua, https://www.lua.org/source/5.4/lua.h.html#LUA_TNIL */
export const luaTypes = {
  nil: 0,
  boolean: 1,
  lightUserdata: 2,
  number: 3,
  string: 4,
  table: 5,
  function: 6,
  userdata: 7,
  thread: 8,
  /** Of LuaJIT's ffi. */
  cdata: 10,
} as const

/** Where an error was raised; taken by the message handler, before the stack unwinds. */
export interface Trace {
  readonly traceback: string
  readonly frames: readonly LuaFrame[]
}

export type Resumed = { kind: 'returned' | 'yielded'; count: number } | { kind: 'failed'; trace: Trace }

/** What Lua can do with objects of JS. */
export interface ObjectSupport {
  /** On a thread that runs: another one's stack must not be touched. */
  objectMetatable(thread: Thread): Ref
}

/** For `call`: every result, as `LUA_MULTRET`. */
export const allResults = -1
export type AllResults = typeof allResults

/** Called by Lua; the arguments lie at 1..top. Pushes one result and gives 1, or 0, or what `giveResults` gives. It may throw. */
export type Callback = (thread: Thread) => number

export interface Machine {
  readonly runtime: RuntimeName
  readonly version: string
  readonly capabilities: Capabilities
  readonly main: Thread
  /** How many values lie on the main thread while nothing runs. */
  readonly restingTop: number
  /** How deep JS and Lua may call each other before the stack of either is at its end. */
  readonly maxNesting: number
  readonly loadedFiles: ReadonlySet<string>

  top(thread: Thread): number
  setTop(thread: Thread, top: number): void
  pop(thread: Thread, count: number): void
  /**
   * Makes room for `count` more values. Throws a LuaStateRangeError where there is none, a LuaMemoryError where the
   * state is over its limit.
   */
  ensure(thread: Thread, count: number): void
  /** Moves the top `count` values from one thread to another of the same state. */
  move(from: Thread, to: Thread, count: number): void

  pushNil(thread: Thread): void
  pushBoolean(thread: Thread, value: boolean): void
  pushNumber(thread: Thread, value: number): void
  /** Throws a LuaStateRangeError where the runtime's integers are too small. */
  pushBigInt(thread: Thread, value: bigint): void
  /** The bytes become Lua's own: they must not change afterwards. */
  pushBytes(thread: Thread, bytes: Uint8Array): void
  /** In UTF-8, by the rules of `values/strings.ts`. */
  pushText(thread: Thread, text: string): void
  pushValue(thread: Thread, index: number): void
  pushRef(thread: Thread, ref: Ref): void
  /** A function of JS; the same callback is the same Lua function. */
  pushCallback(thread: Thread, callback: Callback): void
  /** The top `count` values are all the results of the callback that runs. Gives what it returns. */
  giveResults(thread: Thread, count: number): number
  /**
   * The userdata that stands for the object, the same one as long as Lua or JS knows it. Lua alone keeps the
   * object alive, and the userdata alone does not. `support` is asked for its metatable when it is made.
   */
  pushObject(thread: Thread, object: object, support: ObjectSupport): void
  /** With room for so many items of a list and other fields. */
  pushTable(thread: Thread, items?: number, fields?: number): void
  pushGlobals(thread: Thread): void
  /** A new coroutine for the function on top of the stack, which it takes. */
  pushThread(thread: Thread): void

  typeAt(thread: Thread, index: number): number
  booleanAt(thread: Thread, index: number): boolean
  numberAt(thread: Thread, index: number): number | bigint
  /** Lua's own bytes: copy them to keep them. */
  bytesAt(thread: Thread, index: number): Uint8Array
  /** Of UTF-8, by the rules of `values/strings.ts`. */
  textAt(thread: Thread, index: number): string
  refAt(thread: Thread, index: number): Ref
  /** The callback behind a function that `pushCallback` made. */
  callbackAt(thread: Thread, index: number): Callback | undefined
  /** The object behind a userdata that `pushObject` made. */
  objectAt(thread: Thread, index: number): object | undefined
  threadAt(thread: Thread, index: number): Thread

  /** Pushes `metatable[name]` of a value, raw, and says true; pushes nothing where there is none. */
  pushMetafield(thread: Thread, index: number, name: string): boolean
  hasMetatable(thread: Thread, index: number): boolean
  /** Replaces the key on top by its value, without metamethods. */
  rawGet(thread: Thread, index: number): void
  /** Takes key and value from the top. The key is neither nil nor NaN. */
  rawSet(thread: Thread, index: number): void
  /** As `rawSet`, by a name: takes the value from the top. `index` is counted from the bottom. */
  setField(thread: Thread, index: number, name: string): void
  rawLength(thread: Thread, index: number): number
  /** Takes a key, pushes the next key and its value; at the end pushes nothing and says false. */
  next(thread: Thread, index: number): boolean

  /** First of all for a call: readies what takes the trace if it fails. The function and its arguments follow. */
  pushHandler(thread: Thread): void
  /**
   * Calls the function below `args` arguments. As many results as wanted, or all of them, replace it. Says
   * false where it failed: then the error value does, and `takeTrace` tells where it was raised.
   */
  call(thread: Thread, args: number, wanted: 1 | AllResults): boolean
  takeTrace(thread: Thread): Trace
  /** Compiles; the function, or the error value, comes on top. */
  load(thread: Thread, bytes: Uint8Array, chunkName: Uint8Array): boolean
  /** Goes on with `thread`, whose function (at first) and arguments lie on it; results or error stay on it. */
  resume(thread: Thread, from: Thread, args: number): Resumed
  /** `normal` also for the one that runs. */
  statusOf(thread: Thread): 'suspended' | 'normal' | 'dead'
  /** Yields the running coroutine out of a callback, whose result is what `settle` pushes when it goes on. */
  suspend(thread: Thread, settle: Callback): number
  isYieldable(thread: Thread): boolean

  /**
   * Pushes a function of Lua that notes what can be reached (see `baseline.ts`) and gives two functions: one puts
   * all of it back, the other gives the list of what differs, as `baseline/snapshot-source.ts` describes it.
   */
  pushSnapshotter(thread: Thread): void

  /** An outermost call begins that may take so many ms: `pending` must be asked soon after they are over. */
  limitBegins(limit: number): void
  limitEnds(): void
  /** From now on every instruction of Lua raises what `pending` gives, until it gives undefined. */
  startUnwinding(thread: Thread): void
  /** After the outermost call that was ended so. */
  stopUnwinding(): void
  /**
   * The frames of all threads that run, innermost first. May be asked at any moment, also between two steps of Lua: what
   * can't be looked at then is left out.
   */
  whereLuaIs(): readonly LuaFrame[]
  collectGarbage(thread: Thread): void
  memoryUsed(thread: Thread): number | undefined
  close(): void
}

/** What an adapter asks of the rest, so that it needs to know none of it. */
export interface Host {
  /** Runs JS code that Lua has called on this thread: what it calls in Lua runs there too. */
  onThread<T>(thread: Thread, body: () => T): T
  /** Pushes the Lua value for something that JS code threw. */
  pushThrown(thread: Thread, thrown: unknown): void
  /** Asked from time to time while Lua runs: the error that must end the running call, or undefined. */
  pending(where: () => Trace): Error | undefined
  /** From now on this error is what `pending` gives, until the outermost call has ended. */
  abort(error: Error): void
  /** Lua code has loaded a file that does not compile; `source` is its chunk name. */
  noteBrokenFile(message: string, source: string): void
}
