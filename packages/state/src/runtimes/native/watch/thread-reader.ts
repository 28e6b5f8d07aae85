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

/** Coroutines that resume each other: Lua ends them at 200 levels. */
const deepest = 250

export class ThreadReader {
  readonly memory: SafeMemory
  readonly #at: Structures

  constructor(koffi: Koffi, structures: Structures) {
    this.memory = new SafeMemory(koffi)
    this.#at = structures
  }

  close(): void {
    this.memory.close()
  }

  /** The thread, the one that it resumes, and so on to the one that runs. */
  chainFrom(first: LuaPointer): LuaPointer[] {
    const chain: LuaPointer[] = []
    for (let L = first; L !== 0 && chain.length < deepest; L = this.resumedBy(L)) chain.push(L)
    return chain
  }

  /** The coroutine that the function of C which runs resumes: the argument of `resume`, the upvalue of `wrap`; or 0. */
  resumedBy(L: LuaPointer): LuaPointer {
    const place = this.memory.pointer(this.callOf(L) + this.#at.function)
    const called = this.memory.pointer(place)
    if (called === 0 || this.#isLua(place, called)) return 0
    const argument = this.#threadAt(place + valueSize)
    const thread = argument === 0 ? this.#threadAt(called + this.#at.upvalue) : argument
    return this.#belongsTo(L, thread) ? thread : 0
  }

  /** The `CallInfo` of the function that runs. */
  callOf(L: LuaPointer): Pointer {
    return this.memory.pointer(L + this.#at.call)
  }

  /** Whether a function of Lua runs there. */
  runsLua(call: Pointer): boolean {
    return this.luaFunctionOf(call) !== 0
  }

  /** The function of Lua that runs there, or 0. */
  luaFunctionOf(call: Pointer): Pointer {
    const place = this.memory.pointer(call + this.#at.function)
    const called = this.memory.pointer(place)
    return called !== 0 && this.#isLua(place, called) ? called : 0
  }

  #isLua(place: Pointer, called: Pointer): boolean {
    const { isC, luaFunctionTag } = this.#at
    if (isC !== undefined) return this.memory.byte(called + isC) === 0
    return this.memory.byte(place + tagAt) === luaFunctionTag
  }

  #threadAt(value: Pointer): LuaPointer {
    const bytes = this.memory.read(value, valueSize)
    if (bytes === undefined || bytes.getUint8(tagAt) !== this.#at.threadTag) return 0
    return Number(bytes.getBigUint64(0, true))
  }

  #belongsTo(L: LuaPointer, thread: LuaPointer): boolean {
    if (thread === 0 || thread === L) return false
    return (
      this.memory.byte(thread + typeAt) === threadType &&
      this.memory.pointer(thread + this.#at.state) === this.memory.pointer(L + this.#at.state)
    )
  }
}
