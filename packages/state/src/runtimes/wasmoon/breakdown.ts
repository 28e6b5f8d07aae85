/**
 * What WebAssembly throws (a trap, such as an access out of bounds, or the end of JS's stack inside of it) leaves its
 * memory in disorder, whichever call of ours it comes out of. From then on nothing works but what it takes to close a
 * state, which is done without Lua.
 */
import { LuaStateError } from '../../errors.ts'
import { WebAssembly } from '../../web-assembly/web-assembly.ts'

/** None of those that we use takes more arguments. */
type Call = (a: number, b: number, c: number, d: number, e: number, f: number) => unknown

/** What closing takes, and putting back the stack after a failure. */
const harmless = new Set(['lua_close', 'luaL_unref', 'lua_settop', 'free'])

export class Breakdown {
  /** The first cause. */
  error: LuaStateError | undefined
  readonly #happened: () => void

  constructor(happened: () => void) {
    this.#happened = happened
  }

  /** Gives what is thrown from now on. */
  because(cause: unknown): LuaStateError {
    if (this.error === undefined) {
      this.error = brokenError(cause)
      this.#happened()
    }
    return this.error
  }

  /** The same functions, watched. Compilers of JS see through it: it can't be measured. */
  watchAll<Calls extends object>(calls: Calls): Calls {
    const watched = Object.entries(calls).map(([name, call]: [string, unknown]) => [
      name,
      typeof call === 'function' ? this.#watch(call as Call, harmless.has(name)) : call,
    ])
    return Object.fromEntries(watched) as Calls
  }

  #watch(call: Call, isHarmless: boolean): Call {
    return (a, b, c, d, e, f) => {
      if (this.error !== undefined) return this.#refuse(isHarmless)
      try {
        return call(a, b, c, d, e, f)
      } catch (thrown) {
        throw isBreakdown(thrown) ? this.because(thrown) : thrown
      }
    }
  }

  #refuse(isHarmless: boolean): 0 {
    if (isHarmless) return 0
    throw this.error as LuaStateError
  }
}

function isBreakdown(thrown: unknown): boolean {
  return thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError
}

function brokenError(cause: unknown): LuaStateError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new LuaStateError(
    'LUA_STATE_RUNTIME_BROKEN',
    `wasmoon's WebAssembly module broke down (${reason}), and none of its Lua states can be used any more. ` +
      `Close them and open others: the next openLua('wasmoon') starts the module afresh.`,
    { cause },
  )
}
