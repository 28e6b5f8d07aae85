/**
 * Errors of Lua: C's `longjmp`, which leaves the innermost protected call. In WebAssembly that is an exception of JS,
 * thrown by `jump` and caught by `invoke`, which calls the body of a protected call.
 * https://github.com/emscripten-core/emscripten/blob/3.1.50/src/library.js (`invoke_` and `_emscripten_throw_longjmp`)
 *
 * An error of Lua may pass through a C function of JS, but not through JS code of users, which could catch it: that
 * runs behind a `barrier`. Nothing else may pass: it would leave Lua in disorder.
 */
import { LuaMemoryError } from '../../errors.ts'
import type { EngineContext } from './engine-context.ts'

class Jump extends Error {}

/** The one that is thrown: where it leads is in wasmoon's memory. */
const theJump = new Jump('An error of Lua left the code of Lua. This is a bug of ours: please report it.')

type ProtectedBody = (L: number, data: number) => void

export class ProtectedCalls {
  readonly #engine: EngineContext
  readonly #bodies: ProtectedBody[] = []
  /** How many protected calls run since JS code of users was entered. */
  #depth = 0

  constructor(engine: EngineContext) {
    this.#engine = engine
  }

  readonly invoke = (address: number, L: number, data: number): void => {
    const { exports } = this.#engine
    const stack = exports.stackSave()
    const depth = this.#depth++
    try {
      this.#body(address)(L, data)
    } catch (thrown) {
      if (thrown !== theJump) throw this.#engine.breakdown.because(thrown)
      exports.stackRestore(stack)
      exports.setThrew(1, 0)
    } finally {
      this.#depth = depth
    }
  }

  /** Of our own calls only those fail for which there is no memory left. */
  readonly jump = (): never => {
    throw this.#depth > 0 ? theJump : new LuaMemoryError('not enough memory')
  }

  barrier(body: (L: number) => number, L: number): number {
    const depth = this.#depth
    this.#depth = 0
    try {
      return body(L)
    } finally {
      this.#depth = depth
    }
  }

  #body(address: number): ProtectedBody {
    return (this.#bodies[address] ??= this.#engine.functionAt(address) as ProtectedBody)
  }
}
