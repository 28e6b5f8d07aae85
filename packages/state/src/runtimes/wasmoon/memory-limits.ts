/**
 * The option `maxMemory`: an allocator that counts. Lua answers a refusal by a full collection, and if that does not
 * help by the error "not enough memory".
 *
 * Only what a state allocates after it was made counts: its first few kB do not.
 */
import type { Trace } from '../../machine/machine.ts'
import type { LuaPointer, Pointer } from '../c-api/api.ts'
import type { MemoryLimit } from '../c-api/binding.ts'
import { DebugFrames } from './debug-frames.ts'
import type { Engine } from './engine.ts'
import { threadLayout } from './layout.ts'

interface Usage {
  readonly main: LuaPointer
  readonly most: number
  used: number
  refusedAt: Trace | undefined
}

export class MemoryLimits {
  readonly #engine: Engine
  readonly #frames: DebugFrames
  readonly #usages = new Map<number, Usage>()
  readonly #allocator: Pointer
  #nextId = 1

  constructor(engine: Engine, frames: DebugFrames) {
    this.#engine = engine
    this.#frames = frames
    const signature = { params: ['i32', 'i32', 'i32', 'i32'], result: 'i32' } as const
    this.#allocator = engine.addFunctions({ allocator: [signature, this.#allocate] }).allocator
  }

  /** `forget` is for when the state is closed. */
  limit(main: LuaPointer, most: number): { limit: MemoryLimit; forget: () => void } {
    const id = this.#nextId++
    const usage: Usage = { main, most, used: 0, refusedAt: undefined }
    this.#usages.set(id, usage)
    this.#engine.exports.lua_setallocf(main, this.#allocator, id)
    return { limit: limitOf(this.#engine, usage), forget: () => void this.#usages.delete(id) }
  }

  /** As `lua_Alloc`: of a new block, `oldSize` is no size. https://www.lua.org/manual/5.4/manual.html#lua_Alloc */
  readonly #allocate = (id: number, block: Pointer, oldSize: number, newSize: number): Pointer => {
    const { exports, running } = this.#engine
    const usage = this.#usages.get(id) as Usage
    const before = block === 0 ? 0 : oldSize >>> 0
    const grown = (newSize >>> 0) - before
    if (newSize === 0) {
      exports.free(block)
      usage.used += grown
      return 0
    }
    if (grown > 0 && running.enforced && usage.used + grown > usage.most) return this.#refuse(usage, block)
    const moved = exports.realloc(block, newSize)
    if (moved !== 0) usage.used += grown
    return moved
  }

  /** While Lua moves its stack, nobody may look at it. */
  #refuse(usage: Usage, block: Pointer): 0 {
    const stack = this.#engine.heap.view.getUint32(usage.main + threadLayout.stack, true)
    usage.refusedAt = block === stack ? undefined : this.#frames.traceOf(usage.main)
    return 0
  }
}

function limitOf({ running }: Engine, usage: Usage): MemoryLimit {
  return {
    refused: false,
    get enforced() {
      return running.enforced
    },
    set enforced(enforced) {
      running.enforced = enforced
    },
    get exceeded() {
      return usage.used > usage.most
    },
    takeTrace() {
      const trace = usage.refusedAt
      usage.refusedAt = undefined
      return trace
    },
  }
}

/** For states without a limit of their own: that of all is the end of WebAssembly's memory. */
export function sharedLimit(engine: Engine): MemoryLimit {
  return Object.assign(engine.running, { exceeded: false, refused: false, takeTrace: () => undefined })
}
