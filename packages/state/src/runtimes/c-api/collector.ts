/** Lua's garbage collector, asked through Lua: `lua_gc` is not exported everywhere, and finalizers run in it. */
import { LuaMemoryError } from '../../errors.ts'
import { encodeUtf8 } from '../../values/strings.ts'
import type { LuaPointer } from './api.ts'
import type { Binding, MemoryLimit, OpenedState } from './binding.ts'
import type { Border } from './border.ts'
import type { Shim } from './shim-slots.ts'

const options = { collect: encodeUtf8('collect'), count: encodeUtf8('count') }

export class Collector {
  readonly #binding: Binding
  readonly #border: Border
  readonly #slot: number
  readonly #limit: MemoryLimit | undefined

  constructor(binding: Binding, state: OpenedState, border: Border, shim: Shim) {
    this.#binding = binding
    this.#border = border
    this.#slot = shim.collect
    this.#limit = state.memoryLimit
  }

  collect(L: LuaPointer): void {
    this.#ask(L, options.collect)
  }

  bytesInUse(L: LuaPointer): number {
    return Math.round(this.#ask(L, options.count) * 1024)
  }

  /** Throws a LuaMemoryError where JS has put in more than there is room for, also when garbage is gone. */
  ensureRoom(L: LuaPointer): void {
    const limit = this.#limit
    if (limit === undefined || !(limit.exceeded || limit.refused)) return
    limit.refused = false
    this.collect(L)
    if (limit.exceeded) throw new LuaMemoryError('not enough memory')
  }

  #ask(L: LuaPointer, option: Uint8Array): number {
    const { api, dialect, memory } = this.#binding
    api.rawgeti(L, dialect.registryIndex, this.#slot)
    memory.place(option, at => api.pushlstring(L, at, option.length))
    this.#border.beginLua()
    const status = api.pcall(L, 1, 1, 0)
    this.#border.endLua()
    const result = status === 0 ? api.tonumber(L, -1) : 0
    api.settop(L, -2)
    return result
  }
}
