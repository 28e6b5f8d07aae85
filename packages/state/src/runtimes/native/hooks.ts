/** The one hook of a native runtime: a function of JS that Lua calls, and whose state it was. */
import type { Api, Dialect, LuaPointer, Pointer } from '../c-api/api.ts'
import { registerCallback, type Koffi } from './koffi.ts'

/** Called inside Lua, on the thread that runs. */
export type Hook = (L: LuaPointer) => void

export class Hooks {
  readonly address: Pointer
  readonly #api: Api
  readonly #registryIndex: number
  readonly #byRegistry = new Map<Pointer, Hook>()

  constructor(koffi: Koffi, api: Api, { registryIndex }: Dialect) {
    this.#api = api
    this.#registryIndex = registryIndex
    const type = koffi.pointer(koffi.proto('void', ['intptr_t', 'intptr_t']))
    this.address = registerCallback(koffi, (L: LuaPointer) => this.#run(L), type)
  }

  add(main: LuaPointer, hook: Hook): void {
    this.#byRegistry.set(this.#registryOf(main), hook)
  }

  remove(main: LuaPointer): void {
    this.#byRegistry.delete(this.#registryOf(main))
  }

  #run(L: LuaPointer): void {
    try {
      this.#byRegistry.get(this.#registryOf(L))?.(L)
    } catch {
      // No error of JS may leave it. The hook is called again at the next instruction.
    }
  }

  /** All threads of a state have one registry. */
  #registryOf(L: LuaPointer): Pointer {
    return this.#api.topointer(L, this.#registryIndex)
  }
}
