/**
 * Sets our hook on the threads of a state whose call is over its limit, from the watch thread: Lua runs meanwhile.
 *
 * `lua_sethook` is made for that, but Lua has a hook for each coroutine, and 5.4 tells all functions that run, of which
 * one may return and be freed at that moment. So where the fields are known they are written, as `lua_sethook` writes
 * them, each by one instruction. LuaJIT has one hook for a state, and a way of its own.
 */
import { maskCount, type LuaPointer, type Pointer } from '../../c-api/api.ts'
import type { Koffi, NativeFunction } from '../koffi.ts'
import type { WatchedCall, WatchSide } from './board.ts'
import { HookWriter } from './hook-writer.ts'
import { JitHook } from './jit-hook.ts'
import type { Presser, WatchTools } from './presser.ts'
import { watchFunctions, type WatchedRuntime, type WatchFunction } from './watched-runtime.ts'

export function presserFor(tools: WatchTools, runtime: WatchedRuntime): Presser {
  const { fields, functions } = runtime
  if (fields?.kind === 'puc') return new HookWriter(tools, runtime, fields)
  const typed = functionsAt(tools.koffi, functions)
  return fields === undefined
    ? new HookSetter(tools.board, runtime.hook, typed)
    : new JitHook(tools, runtime, fields, typed)
}

/** Where the fields are not known. */
class HookSetter implements Presser {
  readonly #board: WatchSide
  readonly #hook: Pointer
  readonly #functions: Record<WatchFunction, NativeFunction>

  constructor(board: WatchSide, hook: Pointer, functions: Record<WatchFunction, NativeFunction>) {
    this.#board = board
    this.#hook = hook
    this.#functions = functions
  }

  press({ main, thread }: WatchedCall): void {
    for (const L of new Set([main, thread])) this.#set(L)
  }

  #set(thread: LuaPointer): void {
    const { lua_sethook, lua_gethook, lua_gethookmask, lua_gethookcount } = this.#functions
    const hook = Number(lua_gethook(thread))
    const [mask, count] = [Number(lua_gethookmask(thread)), Number(lua_gethookcount(thread))]
    if (hook !== this.#hook) this.#board.save({ thread, hook, mask, count })
    lua_sethook(thread, this.#hook, maskCount, 1)
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
