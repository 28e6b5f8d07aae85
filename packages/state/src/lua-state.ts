/**
 * What a Lua state gives: the interface that every runtime serves alike.
 *
 *     const state = await openLua('fengari', { packagePath: ['lua/?.lua'] })
 *     state.execute('function add(a, b) return a + b end')
 *     state.globals.add(1, 2)                  // 3
 *     state.execute.all('return 1, nil, 3')    // [1, undefined, 3]
 *     state.close()
 *
 * One rule for results: a call gives its first value, `.all` gives every value as an array.
 * All calls are synchronous but `executeAsync`.
 */
import type { Capabilities } from './capabilities.ts'
import type { Baseline } from './baseline.ts'
import type { Place } from './open-states.ts'
import type { RuntimeName } from './runtime-names.ts'

/**
 * A value of Lua whose type is known only when it runs: indexable, callable and assignable without a cast,
 * as `JSON.parse` gives it.
 */
export type LuaAny = ReturnType<typeof JSON.parse>

/** Something that can be called for its first value, or through `.all` for every value. */
export interface LuaCallable<Args extends readonly unknown[]> {
  (...args: Args): LuaAny
  all(...args: Args): LuaAny[]
}

/** A function of Lua. `undefined` stands for no result. Throws `LuaError` and its kin. */
export interface LuaFunction extends LuaCallable<unknown[]> {}

/**
 * A Lua table, live: its properties are its Lua keys and nothing else. A canonical integer name (`t[1]`,
 * `t['-7']`) is the integer key; `then` is always undefined, so that `await` is safe; metamethods are obeyed.
 * What one does with a table is a function: `toJS`, `lengthOf`, `entriesOf`, `getKey`, `setKey`, `invoke`.
 */
export interface LuaTable {
  [key: string]: LuaAny
  [key: number]: LuaAny
}

/** A coroutine. Iterating it resumes it without arguments and gives the first value of each yield. */
export interface LuaCoroutine extends Iterable<LuaAny> {
  /** Goes on until the next yield or the end. Throws `LuaError` when the coroutine fails or is dead. */
  readonly resume: LuaFunction
  readonly status: 'suspended' | 'running' | 'normal' | 'dead'
}

/** A userdata that Lua made (a file, a C object): opaque, only to be handed back. */
export interface LuaUserdata {
  readonly type: 'userdata'
}

export interface CompileOptions {
  /**
   * How errors and tracebacks name the chunk. An absolute path becomes `@/abs/path` (a file); anything else is
   * shown as it is. Default: the first line of the source, as Lua does.
   */
  name?: string
}

export interface LuaState {
  readonly runtime: RuntimeName
  /** Of the language, such as '5.3'. */
  readonly version: string
  readonly capabilities: Capabilities
  /** The first stack frame outside this package when the state was opened. */
  readonly openedAt: Place | undefined
  readonly closed: boolean
  /** The table `_G`. */
  readonly globals: LuaTable
  /** Absolute paths of every Lua file that this state has loaded or opened so far (live). */
  readonly loadedFiles: ReadonlySet<string>
  /** Runs `return <expression>`. */
  readonly eval: LuaCallable<[expression: string | Uint8Array]>
  /** Runs a chunk; `args` are its `...`. */
  readonly execute: LuaCallable<[chunk: string | Uint8Array, ...args: unknown[]]>
  /** Runs a chunk as a coroutine: a JS promise that a callback returns suspends it until it is settled. */
  executeAsync(chunk: string | Uint8Array, ...args: unknown[]): Promise<LuaAny>
  /** Compiles without running. Throws `LuaSyntaxError`. */
  compile(chunk: string | Uint8Array, options?: CompileOptions): LuaFunction
  /** A new table: a deep copy of a plain object or array; empty by default. */
  table(object?: object): LuaTable
  /** `require(name)` of Lua. A missing module's error lists the paths that were tried. */
  require(name: string): LuaAny
  collectGarbage(): void
  /** Bytes, or undefined where the runtime can't tell (`capabilities.memoryUsed`). */
  memoryUsed(): number | undefined
  /** What globals and loaded packages are now, to compare with and to restore to. */
  baseline(): Baseline
  /** Idempotent; deferred until no call is running. */
  close(): void
  [Symbol.dispose](): void
}
