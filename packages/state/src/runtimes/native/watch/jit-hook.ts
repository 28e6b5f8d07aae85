/**
 * Sets our hook on a state of LuaJIT, which has one for all its threads, from the watch thread: Lua runs meanwhile.
 *
 * `lua_sethook` must do it, since it also has the interpreter look for hooks. But it writes a whole byte of flags, and
 * so may undo what the other thread does to them in that moment: a hook that has come to its end counts as active for
 * ever, and no other is called. So it is called where our hook is not set already, and hooks are allowed for a call that
 * goes on. What such a moment leaves behind on the stack the other thread puts right: see `../jit-protected-calls.ts`.
 */
import { maskCount, type LuaPointer, type Pointer } from '../../c-api/api.ts'
import type { NativeFunction } from '../koffi.ts'
import type { WatchedCall } from './board.ts'
import { heldDown } from './held-down.ts'
import { patience, type Presser, type WatchTools } from './presser.ts'
import type { JitHookFields, WatchedRuntime, WatchFunction } from './watched-runtime.ts'

export class JitHook implements Presser {
  readonly #tools: WatchTools
  readonly #hook: Pointer
  readonly #raise: Pointer
  readonly #fields: JitHookFields
  readonly #functions: Record<WatchFunction, NativeFunction>

  constructor(
    tools: WatchTools,
    { hook, raise }: WatchedRuntime,
    fields: JitHookFields,
    functions: Record<WatchFunction, NativeFunction>,
  ) {
    this.#tools = tools
    this.#hook = hook
    this.#raise = raise
    this.#fields = fields
    this.#functions = functions
  }

  press({ main }: WatchedCall, before: number): void {
    const { koffi, board } = this.#tools
    const { flags, active } = this.#fields
    const byte = new Uint8Array(koffi.view(BigInt(main + flags), 1))
    const isActive = (Atomics.load(byte, 0) & active) !== 0
    const allows = before >= patience
    if (before > 0 && (allows || !isActive)) this.#renew(main, isActive)
    for (const _ of heldDown(board)) {
      this.#set(main)
      if (allows) Atomics.and(byte, 0, ~active)
    }
  }

  /**
   * The call goes on although our hook, or what it has set, is there: the interpreter may not have been told of it,
   * because both threads told it something at once.
   */
  #renew(main: LuaPointer, isActive: boolean): void {
    const { lua_gethook, lua_sethook } = this.#functions
    const hook = Number(lua_gethook(main))
    if (hook !== this.#hook && hook !== this.#raise) return
    // A hook that runs for ever is not set again.
    if (isActive && hook === this.#hook) this.#tools.board.forgetHook(main)
    lua_sethook(main, 0, 0, 0)
    lua_sethook(main, this.#hook, maskCount, 1)
  }

  #set(main: LuaPointer): void {
    const { lua_sethook, lua_gethook, lua_gethookmask, lua_gethookcount } = this.#functions
    const hook = Number(lua_gethook(main))
    const mask = Number(lua_gethookmask(main))
    const isOurs = hook === this.#hook || hook === this.#raise
    if (isOurs && (mask & maskCount) !== 0) return
    if (!isOurs) this.#tools.board.save({ thread: main, hook, mask, count: Number(lua_gethookcount(main)) })
    lua_sethook(main, this.#hook, maskCount, 1)
  }
}
