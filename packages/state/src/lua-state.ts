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
import type { LuaAny, LuaCallable, LuaFunction, LuaTable } from './lua-values.ts'
import type { RuntimeName } from './runtime-names.ts'
import type { Place } from './stack.ts'

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
  /** Runs `return <expression>`; `args` are its `...`. */
  readonly eval: LuaCallable<[expression: string | Uint8Array, ...args: unknown[]]>
  /** Runs a chunk; `args` are its `...`. */
  readonly execute: LuaCallable<[chunk: string | Uint8Array, ...args: unknown[]]>
  /** Runs a chunk as a coroutine: a JS promise that a callback returns suspends it until it is settled. */
  executeAsync(chunk: string | Uint8Array, ...args: unknown[]): Promise<LuaAny>
  /** Compiles without running. Throws `LuaSyntaxError`. */
  compile(chunk: string | Uint8Array, options?: CompileOptions): LuaFunction
  /** A new table: a deep copy of a plain object or array, or the entries of a Map; empty by default. */
  table(object?: object): LuaTable
  /** `require(name)` of Lua. A missing module's error lists the paths that were tried. */
  require(name: string): LuaAny
  collectGarbage(): void
  /** Bytes, or undefined where the runtime can't tell (`capabilities.memoryUsed`). */
  memoryUsed(): number | undefined
  /** What globals, packages, metatables and the registry are now, to compare with and to put back to. */
  baseline(): Baseline
  /** Idempotent; deferred until no call is running. */
  close(): void
  [Symbol.dispose](): void
}
