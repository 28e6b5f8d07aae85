/** What makes a function of JS give Lua several values, or none. */

/** Several values on their way into Lua; in JS an iterable of them. */
export interface LuaMultiReturn<T extends readonly unknown[] = readonly unknown[]> extends Iterable<
  T[number]
> {
  readonly values: T
}

/**
 * What a callback returns to give Lua several values; without any, no value at all.
 *
 *     state.globals.open = (path: string) => multiReturn(null, `${path}: no such file`)
 *     state.execute('local file, message = open("x")')
 *
 * It is no value itself: as an argument or in a table it is refused.
 */
export function multiReturn<T extends readonly unknown[]>(...values: T): LuaMultiReturn<T> {
  return new MultiReturn(values)
}

export class MultiReturn<T extends readonly unknown[]> implements LuaMultiReturn<T> {
  readonly values: T

  constructor(values: T) {
    this.values = values
  }

  [Symbol.iterator](): Iterator<T[number]> {
    return this.values.values()
  }
}
