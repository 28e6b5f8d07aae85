/**
 * The option `maxMemory`: an allocator of JS that counts. Lua answers a refusal by a full collection, and if that does
 * not help by the error "not enough memory"; 5.1 and LuaJIT have only the error, so they collect all the time.
 */
import type { Trace } from '../../machine/machine.ts'
import type { Pointer } from '../c-api/api.ts'
import type { MemoryLimit } from '../c-api/binding.ts'
import { registerCallback, type NativeFunction } from './koffi.ts'
import { loadLibc } from './libc.ts'
import type { NativeParts } from './native-parts.ts'
import type { RunningThreads } from '../c-api/running-threads.ts'

/** Less than any `lua_State`, and all that matters of it. */
const threadSize = 128
/** So many blocks may be granted between two refusals that belong to one error. */
const sameError = 16

/** Of one state. */
export class Usage implements MemoryLimit {
  enforced = false
  refused = false
  used = 0
  threads: RunningThreads | undefined
  refusedAt: Trace | undefined
  /** Blocks since then. */
  granted = 0
  readonly most: number

  constructor(most: number) {
    this.most = most
  }

  get exceeded(): boolean {
    return this.used > this.most
  }

  takeTrace(): Trace | undefined {
    const trace = this.refusedAt
    this.refusedAt = undefined
    return trace
  }
}

export class MemoryLimits {
  /** A `lua_Alloc`; a state's number is its user data. */
  readonly allocator: Pointer
  readonly #parts: NativeParts
  readonly #realloc: NativeFunction
  readonly #free: NativeFunction
  readonly #usages = new Map<number, Usage>()
  #nextNumber = 1

  constructor(parts: NativeParts) {
    const { koffi } = parts
    const libc = loadLibc(koffi)
    this.#parts = parts
    this.#realloc = libc.func('realloc', 'intptr_t', ['intptr_t', 'size_t'])
    this.#free = libc.func('free', 'void', ['intptr_t'])
    const type = koffi.pointer(koffi.proto('intptr_t', ['intptr_t', 'intptr_t', 'size_t', 'size_t']))
    this.allocator = registerCallback(koffi, this.#allocate, type)
  }

  add(most: number): { usage: Usage; number: number } {
    const number = this.#nextNumber++
    const usage = new Usage(most)
    this.#usages.set(number, usage)
    return { usage, number }
  }

  remove(number: number): void {
    this.#usages.delete(number)
  }

  /** Of a new block, `oldSize` is no size. https://www.lua.org/manual/5.4/manual.html#lua_Alloc */
  readonly #allocate = (number: number, block: Pointer, oldSize: number, newSize: number): Pointer => {
    const usage = this.#usages.get(number) as Usage
    const grown = block === 0 ? newSize : newSize - oldSize
    if (newSize === 0) {
      usage.used += grown
      this.#free(block)
      return 0
    }
    if (grown > 0 && usage.enforced && usage.used + grown > usage.most) return this.#refuse(usage, block)
    const moved = this.#realloc(block, newSize) as Pointer
    if (moved === 0) return 0
    usage.used += grown
    usage.granted++
    return moved
  }

  /** The first refusal tells where the error comes from: on its way out Lua asks for some more memory. */
  #refuse(usage: Usage, block: Pointer): 0 {
    usage.refused = true
    if (usage.refusedAt === undefined || usage.granted > sameError)
      usage.refusedAt = this.#placeOf(usage, block)
    usage.granted = 0
    return 0
  }

  #placeOf({ threads }: Usage, block: Pointer): Trace | undefined {
    const L = threads?.last()
    return L === undefined || this.#isStack(L, block) ? undefined : this.#parts.frames.traceOf(L)
  }

  /** While Lua moves a stack, nobody may look at it. */
  #isStack(L: Pointer, block: Pointer): boolean {
    const fields = new BigInt64Array(this.#parts.koffi.view(BigInt(L), threadSize))
    return block !== 0 && fields.includes(BigInt(block))
  }
}
