/**
 * The frames of LuaJIT, in builds with GC64: they lie on the stack of values, each below the slots of its function.
 *
 * Compiled code has no frames of its own: it is known where it was entered, and to which loop it belongs.
 * https://github.com/LuaJIT/LuaJIT/blob/v2.1/src/lj_frame.h, https://github.com/LuaJIT/LuaJIT/blob/v2.1/src/lj_obj.h
 */
import type { LuaPointer, Pointer } from '../../c-api/api.ts'
import type { Koffi } from '../koffi.ts'
import type { WatchedCall } from './board.ts'
import { mostFrames, type FrameReader, type ReadFrame } from './read-frame.ts'
import { JitPrototypes } from './jit-prototypes.ts'
import { SafeMemory } from './safe-memory.ts'
import type { JitFrameFields } from './watched-runtime.ts'

export const jitThread = { global: 16, base: 32, stack: 56, size: 64 } as const
const func = { kind: 10, upvalueCount: 11, upvalue: 48 } as const
/** Of objects of the collector. */
const typeAt = 9
const types = { thread: 6, function: 8 } as const
const slot = 8
/** A value that is an object has its type above these bits. */
const addressBits = 47
const threadTag = -7n
/** What the lowest bits of a link say: the caller's next instruction, or how far it is to the frame below. */
export const jitLinks = {
  instruction: 0n,
  continuation: 2n,
  variadic: 3n,
  protected: 6n,
  protectedInHook: 7n,
} as const
/** Coroutines that resume each other. */
const deepest = 250

/** A frame, and what lies above it. */
interface Place {
  readonly called: Pointer
  /** The instruction behind the call that it waits for, or 0. */
  readonly next: Pointer
}

export class JitFrames implements FrameReader {
  readonly #memory: SafeMemory
  readonly #prototypes: JitPrototypes
  readonly #at: JitFrameFields

  constructor(koffi: Koffi, fields: JitFrameFields) {
    this.#memory = new SafeMemory(koffi)
    this.#prototypes = new JitPrototypes(this.#memory)
    this.#at = fields
  }

  framesOf({ main, thread: entered }: Pick<WatchedCall, 'main' | 'thread'>): ReadFrame[] {
    const global = this.#memory.pointer(main + jitThread.global)
    const running = this.#memory.pointer(global + this.#at.current)
    const chain = [...new Set([main, entered].flatMap(first => this.#chainFrom(first, running)))].toReversed()
    const enteredAt = this.#memory.pointer(global + this.#at.current + slot)
    if (enteredAt === 0) return chain.flatMap(L => this.#framesOfThread(L))
    const waiting = chain.filter(L => L !== running)
    return [
      ...this.#compiledFrames(global, running, enteredAt),
      ...waiting.flatMap(L => this.#framesOfThread(L)),
    ]
  }

  close(): void {
    this.#memory.close()
  }

  #compiledFrames(global: Pointer, L: LuaPointer, base: Pointer): ReadFrame[] {
    const trace = this.#memory.int(global + this.#at.vmState)
    return this.#placesFrom(L, base).flatMap(({ called, next }, index) => {
      const frame = index === 0 ? this.#prototypes.compiledFrame(called, trace) : undefined
      return frame ?? this.#prototypes.frame(called, next) ?? []
    })
  }

  #framesOfThread(L: LuaPointer): ReadFrame[] {
    const places = this.#placesFrom(L, this.#memory.pointer(L + jitThread.base))
    return places
      .flatMap(({ called, next }) => this.#prototypes.frame(called, next) ?? [])
      .slice(0, mostFrames)
  }

  /** Innermost first, also functions of C. */
  #placesFrom(L: LuaPointer, base: Pointer): Place[] {
    const bottom = this.#memory.pointer(L + jitThread.stack) + slot
    const places: Place[] = []
    let [next, isRepeated] = [0, false]
    for (let frame = base - slot; frame > bottom && places.length < 5 * mostFrames;) {
      const called = this.#object(frame - slot)
      const link = this.#memory.word(frame)
      // A function of variable arguments has a second frame below its own.
      if (!isRepeated && called !== L) places.push({ called, next })
      isRepeated = (link & 7n) === jitLinks.variadic
      next = this.#nextBelow(frame, link)
      const below = this.#frameBelow(frame, link)
      if (below >= frame) break
      frame = below
    }
    return places
  }

  #nextBelow(frame: Pointer, link: bigint): Pointer {
    if ((link & 3n) === jitLinks.instruction) return Number(link)
    return (link & 7n) === jitLinks.continuation ? this.#memory.pointer(frame - 2 * slot) : 0
  }

  #frameBelow(frame: Pointer, link: bigint): Pointer {
    if ((link & 3n) !== jitLinks.instruction) return frame - Number(link & ~7n)
    const register = this.#memory.byte(Number(link) - 3) ?? 0
    return frame - (2 + register) * slot
  }

  #chainFrom(first: LuaPointer, running: LuaPointer): LuaPointer[] {
    const chain: LuaPointer[] = []
    for (let L = first; L !== 0 && !chain.includes(L) && chain.length < deepest;) {
      chain.push(L)
      L = L === running ? 0 : this.#resumedBy(L)
    }
    return chain
  }

  /** As in PUC Lua: the argument of `resume`, or the upvalue of what `wrap` gave. */
  #resumedBy(L: LuaPointer): LuaPointer {
    const base = this.#memory.pointer(L + jitThread.base)
    const called = this.#object(base - 2 * slot)
    if (this.#memory.byte(called + typeAt) !== types.function) return 0
    if (this.#memory.byte(called + func.kind) === 0) return 0
    const upvalue = this.#memory.byte(called + func.upvalueCount) === 0 ? 0 : called + func.upvalue
    return this.#threadAt(L, base) || this.#threadAt(L, upvalue)
  }

  #threadAt(L: LuaPointer, value: Pointer): LuaPointer {
    const word = this.#memory.word(value)
    if (BigInt.asIntN(64, word) >> BigInt(addressBits) !== threadTag) return 0
    const found = Number(BigInt.asUintN(addressBits, word))
    const isThread = this.#memory.byte(found + typeAt) === types.thread
    const global = this.#memory.pointer(found + jitThread.global)
    return isThread && global === this.#memory.pointer(L + jitThread.global) ? found : 0
  }

  #object(value: Pointer): Pointer {
    return Number(BigInt.asUintN(addressBits, this.#memory.word(value)))
  }
}
