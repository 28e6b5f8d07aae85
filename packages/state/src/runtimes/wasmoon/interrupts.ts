/**
 * Ends Lua code that runs: a count hook asks the host from time to time whether the call must end. There is no
 * second thread that could set a hook in time, so with a limit there is one always, and without none.
 *
 * An error that the hook raises can be caught by pcall in Lua. So once a call must end, the hook is set to every
 * instruction, of the thread that runs, of the main thread and of coroutines that are made from then on: whoever
 * catches it gets it again at once, and `while true do pcall(loop) end` comes to its end.
 */
import type { Trace } from '../../machine/machine.ts'
import { maskCount, threadOf, type Api, type LuaPointer, type Pointer } from '../c-api/api.ts'
import type { InterruptContext, Interrupts } from '../c-api/binding.ts'
import type { DebugFrames } from './debug-frames.ts'
import type { Engine } from './engine.ts'
import { debugLayout, hookEvents } from './layout.ts'
import { UserHooks } from './user-hooks.ts'

/** Instructions between two looks at the clock. */
const interval = 10_000

export interface HookTools {
  readonly engine: Engine
  readonly api: Api
  readonly frames: DebugFrames
  /** The address of the hook. */
  readonly hook: Pointer
  closed(main: LuaPointer): void
}

export class WasmoonInterrupts implements Interrupts {
  readonly needsCoroutines: boolean
  unwinding = false
  readonly users: UserHooks
  readonly #tools: HookTools
  readonly #context: InterruptContext

  constructor(tools: HookTools, context: InterruptContext) {
    this.#tools = tools
    this.#context = context
    this.users = new UserHooks(tools.engine, tools.api, tools.hook)
    this.needsCoroutines = context.options.callTimeout !== undefined
    this.#install(context.main)
  }

  /** The hook asks by itself. */
  limitBegins(): void {}
  limitEnds(): void {}

  noteCoroutine(thread: LuaPointer): void {
    if (this.unwinding) this.#endSoon(thread)
  }

  resumeBegins(): void {}
  resumeEnds(): void {}

  startUnwinding(thread: LuaPointer): void {
    this.unwinding = true
    this.#endSoon(this.#context.main)
    this.#endSoon(thread)
  }

  stopUnwinding(): void {
    this.unwinding = false
    this.#install(this.#context.main)
  }

  close(): void {
    this.#tools.closed(this.#context.main)
  }

  /** Called by Lua. */
  run(L: LuaPointer, debug: Pointer): void {
    const { engine, api } = this.#tools
    if (engine.heap.view.getInt32(debug + debugLayout.event, true) === hookEvents.count) {
      const error = this.#context.host.pending(() => this.#traceOf(L))
      if (error !== undefined) this.#raise(L, error)
      if (api.gethookcount(L) === 1) this.#install(L)
    }
    this.#runUserHook(L, debug)
  }

  /** A hook that had to be ended would have to be ended again. */
  #runUserHook(L: LuaPointer, debug: Pointer): void {
    try {
      this.users.run(L, debug)
    } finally {
      if (this.unwinding) this.users.forget(L)
    }
  }

  /** Lua code has called `debug.sethook`. */
  adoptUserHook(L: LuaPointer): void {
    this.users.adopt(L)
    this.#install(L)
  }

  /** Puts the user's own hook in the place of ours. */
  withoutOurs(L: LuaPointer, body: () => number): number {
    const { hook = 0, mask = 0, count = 0 } = this.users.of(L) ?? {}
    this.#tools.api.sethook(L, hook, mask, count)
    try {
      return body()
    } finally {
      this.#install(L)
    }
  }

  /** Where C calls have no room left, Lua can't say where it is. */
  #traceOf(L: LuaPointer): Trace {
    const trace = this.#context.traceOf(threadOf(L))
    return trace.frames.length > 0 ? trace : this.#tools.frames.traceOf(L)
  }

  #install(L: LuaPointer): void {
    const { api, hook } = this.#tools
    const user = this.users.of(L)
    if (!this.needsCoroutines) return api.sethook(L, user?.hook ?? 0, user?.mask ?? 0, user?.count ?? 0)
    const count = user !== undefined && user.count > 0 ? Math.min(user.count, interval) : interval
    api.sethook(L, hook, (user?.mask ?? 0) | maskCount, this.unwinding ? 1 : count)
  }

  #endSoon(L: LuaPointer): void {
    this.users.adopt(L)
    this.#tools.api.sethook(L, this.#tools.hook, maskCount, 1)
  }

  #raise(L: LuaPointer, error: Error): void {
    const { engine } = this.#tools
    this.startUnwinding(L)
    try {
      this.#context.host.pushThrown(threadOf(L), error)
    } catch {
      // Where a stack is at its end this error is only the first: the next instruction raises another.
      engine.pushConstant(L, 'stack overflow')
    }
    engine.exports.lua_error(L)
  }
}
