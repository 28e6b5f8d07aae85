/**
 * Sets our hook on the threads of a state whose call is over its limit, from the watch thread: Lua runs meanwhile.
 *
 * `lua_sethook` is made for that, but Lua has a hook for each coroutine, and 5.4 tells all functions that run, of which
 * one may return and be freed at that moment. So where the fields are known they are written, as `lua_sethook` writes
 * them, and only what stands still is told. Which coroutine runs is read from the stacks.
 */
import { maskCount, type LuaPointer, type Pointer } from '../../c-api/api.ts'
import type { Koffi } from '../koffi.ts'
import type { WatchedCall, WatchSide } from './board.ts'
import { StackReader, type WatchTools } from './stack-reader.ts'
import type { JitHookFields, PucHookFields, WatchedRuntime } from './watched-runtime.ts'

/** Coroutines that resume each other: Lua ends them at 200 levels. */
const deepest = 250

export class Presser {
  readonly #koffi: Koffi
  readonly #board: WatchSide
  readonly #runtime: WatchedRuntime
  readonly #hook: bigint
  readonly #stacks: StackReader

  constructor(tools: WatchTools, runtime: WatchedRuntime) {
    this.#koffi = tools.koffi
    this.#board = tools.board
    this.#runtime = runtime
    this.#hook = BigInt(runtime.hook)
    this.#stacks = new StackReader(tools, runtime)
  }

  /**
   * `insist` where the call goes on although it was pressed before: it may be in a hook or in a finalizer, where Lua
   * calls no hooks until they are allowed again.
   */
  press({ main, thread }: WatchedCall, insist: boolean): void {
    const { fields, hook } = this.#runtime
    if (fields?.kind === 'puc') return this.#pressChain(thread, fields, insist)
    this.#save(main)
    this.#stacks.functions.lua_sethook(main, hook, maskCount, 1)
    if (insist && fields !== undefined) this.#allowInJit(main, fields)
  }

  /** From the thread that JS entered last to the coroutine that runs. */
  #pressChain(first: LuaPointer, fields: PucHookFields, insist: boolean): void {
    let L = first
    for (let depth = 0; L !== 0 && depth < deepest; depth++) {
      const memory = this.#memoryAt(L, fields.size)
      this.#save(L)
      if (insist) this.#allow(L, memory, fields)
      // Lua code may take the hook away at once.
      const running = this.#stacks.countRunning(L, () => this.#set(memory, fields))
      if (running > 0 && fields.hasTraps)
        this.#stacks.functions.lua_sethook(L, this.#runtime.hook, maskCount, 1)
      L = running === 1 ? this.#stacks.resumedBy(L) : 0
    }
  }

  #set(memory: DataView, { hook, counts, mask }: PucHookFields): void {
    memory.setBigUint64(hook, this.#hook, true)
    for (const count of counts) memory.setInt32(count, 1, true)
    memory.setUint8(mask, maskCount)
  }

  #allow(L: LuaPointer, memory: DataView, { allow }: PucHookFields): void {
    if (memory.getUint8(allow) !== 0) return
    this.#forgetHook(L)
    memory.setUint8(allow, 1)
  }

  #allowInJit(main: LuaPointer, { flags, active }: JitHookFields): void {
    const memory = this.#memoryAt(main + flags, 1)
    if ((memory.getUint8(0) & active) === 0) return
    this.#forgetHook(main)
    memory.setUint8(0, memory.getUint8(0) & ~active)
  }

  #save(thread: LuaPointer): void {
    const { lua_gethook, lua_gethookmask, lua_gethookcount } = this.#stacks.functions
    const hook = Number(lua_gethook(thread))
    if (hook === this.#runtime.hook) return
    const [mask, count] = [Number(lua_gethookmask(thread)), Number(lua_gethookcount(thread))]
    this.#board.save({ thread, hook, mask, count })
  }

  /** A hook that runs for ever is not set again. */
  #forgetHook(thread: LuaPointer): void {
    this.#board.save({ thread, hook: 0, mask: 0, count: 0 })
  }

  #memoryAt(address: Pointer, size: number): DataView {
    return new DataView(this.#koffi.view(BigInt(address), size))
  }
}
