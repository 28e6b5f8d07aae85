/**
 * The border between Lua and JS: which of them runs, and what holds only on one side.
 *
 * While JS runs, an allocation of ours must not fail, so no memory limit is enforced; and where errors of finalizers
 * reach whoever allocates, the collector stands still as soon as there are any (`Dialect.finalizersRaise`).
 */
import type { Host, Thread } from '../../machine/machine.ts'
import { pointerOf, type Api, type LuaPointer } from './api.ts'
import type { Binding, OpenedState } from './binding.ts'
import type { CallOwner } from './call-table.ts'
import type { Shim } from './shim-slots.ts'

const collector = { stop: 0, restart: 1 } as const

export class Border implements CallOwner {
  readonly #api: Api
  readonly #registry: number
  readonly #main: LuaPointer
  readonly #limit: OpenedState['memoryLimit']
  readonly #host: Host
  readonly #shim: Shim
  #callbacksRunning = 0
  #finalizersExist = false

  constructor(binding: Binding, state: OpenedState, host: Host, shim: Shim) {
    this.#api = binding.api
    this.#registry = binding.dialect.registryIndex
    this.#main = state.main
    this.#limit = state.memoryLimit
    this.#host = host
    this.#shim = shim
  }

  /** Whether nothing of Lua runs on the thread: its stack is what the machine laid there. */
  isAtRest(L: LuaPointer): boolean {
    return L === this.#main && this.#callbacksRunning === 0
  }

  /** How many functions of JS run for Lua, one inside the other. */
  get depth(): number {
    return this.#callbacksRunning
  }

  noteFinalizers(): void {
    this.#finalizersExist = true
  }

  beginLua(): void {
    if (this.#limit !== undefined) this.#limit.enforced = true
    if (this.#finalizersExist) this.#api.gc(this.#main, collector.restart)
  }

  endLua(): void {
    if (this.#limit !== undefined) this.#limit.enforced = false
    if (this.#finalizersExist) this.#api.gc(this.#main, collector.stop)
  }

  enterJs(): void {
    this.#callbacksRunning++
    this.endLua()
  }

  leaveJs(): void {
    this.#callbacksRunning--
    this.beginLua()
  }

  /** Two values: the error, and that it is one. */
  fail(thread: Thread, thrown: unknown): number {
    const L = pointerOf(thread)
    this.#api.settop(L, 0)
    try {
      this.#host.pushThrown(thread, thrown)
    } catch {
      // The stack of JS is used up: Lua says so itself.
      this.#api.settop(L, 0)
      this.#api.rawgeti(L, this.#registry, this.#shim.failed)
    }
    this.#api.rawgeti(L, this.#registry, this.#shim.failed)
    return 2
  }
}
