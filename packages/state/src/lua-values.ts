/**
 * What a Lua state hands out, as types: tables, functions, coroutines and userdata.
 *
 *     const rules: LuaTable = state.require('rules')
 *     const check: LuaFunction = rules.check
 */

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
 * What one does with a table is a function: `toJS`, `lengthOf`, `keysOf`, `valuesOf`, `entriesOf`,
 * `getKey`, `setKey`, `invoke`.
 */
export interface LuaTable {
  [key: string]: LuaAny
  [key: number]: LuaAny
}

/** A coroutine. Iterating it gives the first value of each yield, and sends what `next(value)` is given. */
export interface LuaCoroutine extends Iterable<LuaAny, LuaAny, unknown> {
  /** Goes on until the next yield or the end. Throws `LuaError` when the coroutine fails or is dead. */
  readonly resume: LuaFunction
  readonly status: 'suspended' | 'running' | 'normal' | 'dead'
}

/** A userdata that Lua made (a file, a C object): opaque, only to be handed back. */
export interface LuaUserdata {
  readonly type: 'userdata'
}
