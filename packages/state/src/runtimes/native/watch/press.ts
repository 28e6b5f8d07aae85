/**
 * Sets our hook on the threads of a state whose call is over its limit, from the watch thread: Lua runs meanwhile.
 *
 * `lua_sethook` is made for that, but Lua has a hook for each coroutine, and 5.4 tells all functions that run, of which
 * one may return and be freed at that moment. So where the fields are known they are written, as `lua_sethook` writes
 * them, each by one instruction.
 */
import { maskCount, type LuaPointer, type Pointer } from '../../c-api/api.ts'
import type { Koffi, NativeFunction } from '../koffi.ts'
import type { WatchedCall, WatchSide } from './board.ts'
import { HookWriter } from './hook-writer.ts'
import {
  watchFunctions,
  type JitHookFields,
  type WatchedRuntime,
  type WatchFunction,
} from './watched-runtime.ts'

export interface WatchTools {
  readonly koffi: Koffi
  readonly board: WatchSide
}

export interface Presser {
  /**
   * `insist` where the call goes on although it was pressed before: it may be in a hook or in a finalizer, where Lua
   * calls no hooks until they are allowed again.
   */
  press(call: WatchedCall, insist: boolean): void
}

export function presserFor(tools: WatchTools, runtime: WatchedRuntime): Presser {
  const { fields } = runtime
  return fields?.kind === 'puc'
    ? new HookWriter(tools, runtime.hook, fields)
    : new HookSetter(tools, runtime, fields)
}

/** For LuaJIT, and where the fields are not known. */
class HookSetter implements Presser {
  readonly #tools: WatchTools
  readonly #hook: Pointer
  readonly #fields: JitHookFields | undefined
  readonly #functions: Record<WatchFunction, NativeFunction>

  constructor(tools: WatchTools, { hook, functions }: WatchedRuntime, fields: JitHookFields | undefined) {
    this.#tools = tools
    this.#hook = hook
    this.#fields = fields
    this.#functions = functionsAt(tools.koffi, functions)
  }

  press({ main, thread }: WatchedCall, insist: boolean): void {
    for (const L of new Set([main, thread])) this.#set(L)
    if (insist && this.#fields !== undefined) this.#allow(main, this.#fields)
  }

  #set(thread: LuaPointer): void {
    const { lua_sethook, lua_gethook, lua_gethookmask, lua_gethookcount } = this.#functions
    const hook = Number(lua_gethook(thread))
    const [mask, count] = [Number(lua_gethookmask(thread)), Number(lua_gethookcount(thread))]
    if (hook !== this.#hook) this.#tools.board.save({ thread, hook, mask, count })
    lua_sethook(thread, this.#hook, maskCount, 1)
  }

  #allow(main: LuaPointer, { flags, active }: JitHookFields): void {
    const { koffi, board } = this.#tools
    const bytes = new Uint8Array(koffi.view(BigInt(main + flags), 1))
    const value = bytes[0] as number
    if ((value & active) === 0) return
    board.forgetHook(main)
    bytes[0] = value & ~active
  }
}

function functionsAt(
  koffi: Koffi,
  addresses: WatchedRuntime['functions'],
): Record<WatchFunction, NativeFunction> {
  const typed = Object.entries(watchFunctions).map(([name, [result, ...args]]) => {
    const address = BigInt(addresses[name as WatchFunction])
    return [name, koffi.decode(address, koffi.proto(result, args))]
  })
  return Object.fromEntries(typed) as Record<WatchFunction, NativeFunction>
}
