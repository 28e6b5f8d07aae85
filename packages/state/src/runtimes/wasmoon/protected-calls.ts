/**
 * Errors of Lua: C's `longjmp`, which leaves the innermost protected call. In WebAssembly that is an exception of JS,
 * thrown by `jump` and caught by `invoke`, which calls the body of a protected call.
 * https://github.com/emscripten-core/emscripten/blob/main/src/lib/libcore.js (`invoke_` and `_emscripten_throw_longjmp`)
 *
 * An error of Lua may pass through a C function of JS, but not through JS code of users, which could catch it: that
 * runs behind a `barrier`.
 *
 * When the stack of JS is used up, which WebAssembly shares, Lua gets an error from it: nothing else would put Lua's
 * own stack in order again.
 */
import { LuaMemoryError } from '../../errors.ts'
import type { EngineContext } from './engine-context.ts'
import { threadLayout } from './layout.ts'

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
    const { exports, heap } = this.#engine
    const stack = exports.stackSave()
    const jumpBuffer = heap.view.getInt32(L + threadLayout.errorJump, true)
    const depth = this.#depth++
    try {
      this.#body(address)(L, data)
    } catch (thrown) {
      exports.stackRestore(stack)
      if (thrown !== theJump) this.#raise(thrown, L, jumpBuffer)
      exports.setThrew(1, 0)
    } finally {
      this.#depth = depth
    }
  }

  /** Only memory that is at its end can make one of our own calls fail. */
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

  /** Makes an error of Lua of something that JS threw, and returns when it has jumped. */
  #raise(thrown: unknown, L: number, jumpBuffer: number): void {
    const { exports, heap } = this.#engine
    this.#engine.rethrowIfBroken(thrown)
    heap.view.setInt32(L + threadLayout.errorJump, jumpBuffer, true)
    try {
      this.#engine.pushText(L, textOf(thrown))
      exports.lua_error(L)
    } catch (again) {
      if (again !== theJump) throw again
    }
  }

  #body(address: number): ProtectedBody {
    return (this.#bodies[address] ??= this.#engine.functionAt(address) as ProtectedBody)
  }
}

function textOf(thrown: unknown): string {
  return thrown instanceof RangeError ? 'stack overflow' : String(thrown)
}
