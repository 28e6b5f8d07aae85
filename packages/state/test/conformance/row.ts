/**
 * The conformance table is made of rows: a sentence, what it does with a state, and what that gives.
 *
 *     {
 *       says: 'finalizers run when garbage is collected',
 *       does: lua => { ... },
 *       gives: ['finalized'],
 *       differs: [unless('finalizers', 'none ever runs', [])],
 *     }
 *
 * Where runtimes differ, a difference says which entry of `capabilities`, or which Lua, declares it, in words for
 * the reader of the documentation, and what the row gives there: no row is ever left out.
 */
import type { Capabilities, LuaOptions, LuaState } from '../../src/index.ts'

export interface Topic {
  readonly title: string
  readonly rows: readonly Row[]
}

export interface Row {
  /** What holds, as a sentence. Unique in the whole table. */
  readonly says: string
  readonly options?: LuaOptions
  /** Gives what is compared; may give a promise of it. The state is closed afterwards. */
  readonly does: (lua: LuaState, open: Open) => unknown
  /** As for `toStrictEqual`, so asymmetric matchers may stand in it. */
  readonly gives: unknown
  /** The first that applies counts. */
  readonly differs?: readonly Difference[]
}

/** Opens another state of the same runtime. Whoever opens it closes it. */
export type Open = (options?: LuaOptions) => LuaState

export interface Difference {
  readonly declaredBy: keyof Capabilities | 'version'
  readonly when: (lua: LuaState) => boolean
  /** What is different there, for the documentation. */
  readonly words: string
  readonly gives: unknown
}

/** A dialect of the language: LuaJIT is 5.1 with much of 5.2. */
export type Dialect = 'luajit' | '5.1' | '5.2' | '5.3' | '5.4'

function dialectOf(lua: LuaState): Dialect {
  return lua.runtime === 'luajit' ? 'luajit' : (lua.version as Dialect)
}

/** Where the capability is lacking. */
export function unless(capability: keyof Capabilities, words: string, gives: unknown): Difference {
  return { declaredBy: capability, when: lua => lua.capabilities[capability] === false, words, gives }
}

/** Where integers have so many bits. */
export function bits(integerBits: Capabilities['integerBits'], words: string, gives: unknown): Difference {
  return {
    declaredBy: 'integerBits',
    when: lua => lua.capabilities.integerBits === integerBits,
    words,
    gives,
  }
}

/** On these dialects of Lua. */
export function on(dialects: readonly Dialect[], words: string, gives: unknown): Difference {
  return { declaredBy: 'version', when: lua => dialects.includes(dialectOf(lua)), words, gives }
}
