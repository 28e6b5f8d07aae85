/**
 * Values of Lua that stand for something of JS: functions for callbacks, userdata for objects. They lie in a table of
 * Lua with weak values, by number. As long as Lua can reach the value, JS keeps what it stands for; numbers whose
 * value is gone are freed from time to time.
 */
import type { Api, LuaPointer, Pointer } from './api.ts'

/** How often dead numbers are looked for: when so many more were given out, and twice those that were alive. */
const fewest = 256

export class WeakValues<T extends object> {
  readonly #api: Api
  readonly #registry: number
  /** Where the weak table lies in the registry. */
  readonly #table: number
  readonly #ids = new WeakMap<T, number>()
  readonly #byId = new Map<number, T>()
  readonly #byAddress = new Map<Pointer, number>()
  readonly #addresses = new Map<number, Pointer>()
  readonly #freed: (id: number) => void
  #sweepAt = fewest

  constructor(api: Api, registry: number, table: number, freed: (id: number) => void) {
    this.#api = api
    this.#registry = registry
    this.#table = table
    this.#freed = freed
  }

  /** Pushes the value that stands for `target`, or says false and pushes nothing. */
  push(L: LuaPointer, target: T): boolean {
    const id = this.#ids.get(target)
    if (id === undefined) return false
    if (this.#pushById(L, id)) return true
    this.#free(id)
    return false
  }

  /** The value on top stands for `target` from now on; it lies in the weak table by this number. */
  add(L: LuaPointer, target: T, id: number): void {
    const address = this.#api.topointer(L, -1)
    this.#ids.set(target, id)
    this.#byId.set(id, target)
    this.#byAddress.set(address, id)
    this.#addresses.set(id, address)
    if (this.#byId.size >= this.#sweepAt) this.sweep(L)
  }

  /** Addresses are used again: what is found by one is asked whether it is the same value. */
  targetAt(L: LuaPointer, index: number): T | undefined {
    const id = this.#byAddress.get(this.#api.topointer(L, index))
    if (id === undefined) return undefined
    if (!this.#pushById(L, id)) return undefined
    const same = this.#api.rawequal(L, index < 0 ? index - 1 : index, -1) !== 0
    this.#api.settop(L, -2)
    return same ? this.#byId.get(id) : undefined
  }

  /** When Lua is gone. */
  clear(): void {
    for (const id of this.#byId.keys()) this.#free(id)
  }

  #pushById(L: LuaPointer, id: number): boolean {
    const api = this.#api
    api.rawgeti(L, this.#registry, this.#table)
    api.rawgeti(L, -1, id)
    if (api.type(L, -1) > 0) {
      api.insert(L, -2)
      api.settop(L, -2)
      return true
    }
    api.settop(L, -3)
    return false
  }

  sweep(L: LuaPointer): void {
    for (const id of this.#byId.keys()) {
      if (this.#pushById(L, id)) this.#api.settop(L, -2)
      else this.#free(id)
    }
    this.#sweepAt = Math.max(fewest, this.#byId.size * 2)
  }

  #free(id: number): void {
    const target = this.#byId.get(id)
    if (target === undefined) return
    this.#byId.delete(id)
    this.#ids.delete(target)
    const address = this.#addresses.get(id) as Pointer
    this.#addresses.delete(id)
    if (this.#byAddress.get(address) === id) this.#byAddress.delete(address)
    this.#freed(id)
  }
}
