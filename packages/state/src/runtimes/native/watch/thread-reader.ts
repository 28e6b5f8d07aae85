/**
 * Follows from the watch thread which coroutine runs, while it runs: what has just returned may be freed, so nothing
 * is believed that does not look as it must.
 */
import type { LuaPointer, Pointer } from '../../c-api/api.ts'
import type { Koffi } from '../koffi.ts'
import { SafeMemory } from './safe-memory.ts'
import type { Structures } from './watched-runtime.ts'

/** A value: 8 bytes, and its tag. */
const valueSize = 16
const tagAt = 8
/** The type of an object of the collector, behind the pointer to the next one. */
const typeAt = 8
const threadType = 8

export class ThreadReader {
  readonly #memory: SafeMemory
  readonly #at: Structures

  constructor(koffi: Koffi, structures: Structures) {
    this.#memory = new SafeMemory(koffi)
    this.#at = structures
  }

  close(): void {
    this.#memory.close()
  }

  /** The coroutine that the function of C which runs resumes: the argument of `resume`, the upvalue of `wrap`; or 0. */
  resumedBy(L: LuaPointer): LuaPointer {
    const place = this.#number(this.callOf(L) + this.#at.function)
    const called = this.#number(place)
    if (called === 0 || this.#isLua(place, called)) return 0
    const argument = this.#threadAt(place + valueSize)
    const thread = argument === 0 ? this.#threadAt(called + this.#at.upvalue) : argument
    return this.#belongsTo(L, thread) ? thread : 0
  }

  /** The `CallInfo` of the function that runs. */
  callOf(L: LuaPointer): Pointer {
    return this.#number(L + this.#at.call)
  }

  /** Whether a function of Lua runs there. */
  runsLua(call: Pointer): boolean {
    const place = this.#number(call + this.#at.function)
    return this.#isLua(place, this.#number(place))
  }

  #isLua(place: Pointer, called: Pointer): boolean {
    const { isC, luaFunctionTag } = this.#at
    if (isC !== undefined) return this.#byte(called + isC) === 0
    return this.#byte(place + tagAt) === luaFunctionTag
  }

  #threadAt(value: Pointer): LuaPointer {
    const bytes = this.#memory.read(value, valueSize)
    if (bytes === undefined || bytes.getUint8(tagAt) !== this.#at.threadTag) return 0
    return Number(bytes.getBigUint64(0, true))
  }

  #belongsTo(L: LuaPointer, thread: LuaPointer): boolean {
    if (thread === 0 || thread === L) return false
    return (
      this.#byte(thread + typeAt) === threadType &&
      this.#number(thread + this.#at.state) === this.#number(L + this.#at.state)
    )
  }

  #byte(address: Pointer): number | undefined {
    return this.#memory.read(address, 1)?.getUint8(0)
  }

  /** 0 where nothing can be read. */
  #number(address: Pointer): Pointer {
    const bytes = this.#memory.read(address, 8)
    return bytes === undefined ? 0 : Number(bytes.getBigUint64(0, true))
  }
}
