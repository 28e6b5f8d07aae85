/**
 * The option `maxMemory`: an allocator that counts. Lua answers a refusal by a full collection, and if that does not
 * help by the error "not enough memory".
 *
 * Only what a state allocates after it was made counts: its first few kB do not.
 */
import type { LuaPointer, Pointer } from '../c-api/api.ts'
import type { Engine } from './engine.ts'

interface Limit {
  readonly most: number
  used: number
}

export class MemoryLimits {
  readonly #engine: Engine
  readonly #limits = new Map<number, Limit>()
  readonly #allocator: Pointer
  #nextId = 1

  constructor(engine: Engine) {
    this.#engine = engine
    const { allocator } = engine.addFunctions({
      allocator: [{ params: ['i32', 'i32', 'i32', 'i32'], result: 'i32' }, this.#allocate],
    })
    this.#allocator = allocator
  }

  /** Gives the function that forgets it, for when the state is closed. */
  limit(main: LuaPointer, most: number): () => void {
    const id = this.#nextId++
    this.#limits.set(id, { most, used: 0 })
    this.#engine.exports.lua_setallocf(main, this.#allocator, id)
    return () => void this.#limits.delete(id)
  }

  /** As `lua_Alloc`: of a new block, `oldSize` is no size. https://www.lua.org/manual/5.4/manual.html#lua_Alloc */
  readonly #allocate = (id: number, block: Pointer, oldSize: number, newSize: number): Pointer => {
    const { exports, running } = this.#engine
    const limit = this.#limits.get(id) as Limit
    const before = block === 0 ? 0 : oldSize >>> 0
    const grown = (newSize >>> 0) - before
    if (newSize === 0) exports.free(block)
    else if (grown > 0 && running.enforced && limit.used + grown > limit.most) return 0
    const moved = newSize === 0 ? 0 : exports.realloc(block, newSize)
    if (moved !== 0 || newSize === 0) limit.used += grown
    return moved
  }
}
