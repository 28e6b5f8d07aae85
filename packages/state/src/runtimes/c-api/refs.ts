/**
 * Values of Lua that JS holds: each lies in the registry, and JS's garbage collector takes it out again.
 *
 * A value that lies there keeps its address, so as long as a `Ref` lives its address leads to it and to nothing else.
 */
import type { Ref } from '../../machine/machine.ts'
import type { Api, LuaPointer, Pointer } from './api.ts'

class RegistryRef {
  readonly slot: number
  constructor(slot: number) {
    this.slot = slot
  }
}

/** What is left to do when JS has dropped a ref. */
interface Held {
  readonly refs: Refs
  readonly slot: number
  readonly address: Pointer
}

const dropped = new FinalizationRegistry<Held>(({ refs, slot, address }) => refs.release(slot, address))

export class Refs {
  readonly #api: Api
  readonly #main: LuaPointer
  readonly #registry: number
  readonly #byAddress = new Map<Pointer, WeakRef<RegistryRef>>()
  #closed = false

  constructor(api: Api, main: LuaPointer, registry: number) {
    this.#api = api
    this.#main = main
    this.#registry = registry
  }

  /** Of the value at `index`, which stays. `address` is the value's own; none for what has no identity. */
  refAt(L: LuaPointer, index: number, address: Pointer | undefined): Ref {
    const known = address === undefined ? undefined : this.#byAddress.get(address)?.deref()
    return (known ?? this.#anchor(L, index, address)) as Ref
  }

  push(L: LuaPointer, ref: Ref): void {
    this.#api.rawgeti(L, this.#registry, (ref as RegistryRef).slot)
  }

  /** Slots stay taken until JS's collector has run; after `close` there is no registry any more. */
  release(slot: number, address: Pointer): void {
    if (this.#closed) return
    if (this.#byAddress.get(address)?.deref() === undefined) this.#byAddress.delete(address)
    this.#api.unref(this.#main, this.#registry, slot)
  }

  close(): void {
    this.#closed = true
    this.#byAddress.clear()
  }

  #anchor(L: LuaPointer, index: number, address: Pointer | undefined): RegistryRef {
    this.#api.pushvalue(L, index)
    const slot = this.#api.ref(L, this.#registry)
    const ref = new RegistryRef(slot)
    if (address !== undefined) this.#byAddress.set(address, new WeakRef(ref))
    dropped.register(ref, { refs: this, slot, address: address ?? 0 })
    return ref
  }
}
