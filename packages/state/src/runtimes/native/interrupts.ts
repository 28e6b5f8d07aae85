/**
 * Ends Lua code that runs, at no cost while it need not be ended: no hook is set until the call is over its limit.
 *
 * Then the watch thread sets ours, on the thread of Lua that runs (see `watch/press.ts`). It runs here, inside Lua, and
 * asks the host; the error that ends the call is raised by the function `luaL_error`, set as the hook of every
 * instruction: whoever catches it gets it again at once, and `while true do pcall(loop) end` comes to its end. JS can't
 * raise it: that would jump over frames of JS. What `luaL_error` takes for its message is the `lua_Debug` of the
 * hook, which begins with the number of the event and a NUL.
 */
import { maskCount, threadOf, type Api, type LuaPointer, type Pointer } from '../c-api/api.ts'
import type { Trace } from '../../machine/machine.ts'
import type { LuaFrame } from '../../stack.ts'
import type { InterruptContext, Interrupts } from '../c-api/binding.ts'
import type { DebugFrames } from './debug-frames.ts'
import type { RunningThreads } from '../c-api/running-threads.ts'
import { wholeTrace } from '../c-api/whole-trace.ts'
import type { Hooks } from './hooks.ts'
import type { CallsSide, SavedHook } from './watch/board.ts'

export interface InterruptTools {
  readonly api: Api
  readonly frames: DebugFrames
  /** Of `luaL_error`. */
  readonly raise: Pointer
  /** A state has one hook, not each thread its own. */
  readonly oneHook: boolean
}

/** For states with a limit. */
export interface Watching {
  readonly hooks: Hooks
  readonly calls: CallsSide
  /** The number by which the watch thread knows the runtime. */
  readonly runtime: number
  /** Where errors that are caught may leave a thread without hooks: see `jit-protected-calls.ts`. */
  readonly allowHooksAfterErrors?: ((L: LuaPointer) => void) | undefined
}

export class NativeInterrupts implements Interrupts {
  readonly needsCoroutines = false
  unwinding = false
  readonly #tools: InterruptTools
  readonly #context: InterruptContext
  readonly #watching: Watching | undefined
  readonly #threads: RunningThreads
  #limited = false
  /** Our hook runs: what it asks of Lua is not ended. */
  #answering = false
  /** What the main thread had before it was ended. */
  #user: SavedHook | undefined

  constructor(
    tools: InterruptTools,
    watching: Watching | undefined,
    threads: RunningThreads,
    context: InterruptContext,
  ) {
    this.#tools = tools
    this.#threads = threads
    this.#context = context
    this.#watching = watching
    watching?.hooks.add(context.main, L => {
      if (!this.#answering) watching.calls.answer(() => this.#run(L))
    })
  }

  limitBegins(limit: number): void {
    const { calls, runtime } = this.#watching as Watching
    this.#limited = true
    calls.begin(limit, runtime, this.#context.main)
  }

  limitEnds(): void {
    const { calls } = this.#watching as Watching
    this.#limited = false
    if (!calls.end()) return
    if (!this.unwinding) this.#putBack(this.#context.main)
    calls.forget()
  }

  noteCoroutine(): void {}

  resumeBegins(thread: LuaPointer): void {
    this.#threads.resumeBegins(thread)
    if (this.#limited) this.#watching?.calls.enter(thread)
  }

  resumeEnds(): void {
    this.#threads.resumeEnds()
    if (this.#limited) this.#watching?.calls.backTo(this.#threads.entered())
  }

  startUnwinding(thread: LuaPointer): void {
    const { api, raise, oneHook } = this.#tools
    const { main } = this.#context
    if (!this.unwinding) this.#user = this.#userHook(main)
    this.unwinding = true
    const threads = oneHook ? [main] : new Set([...this.#threads.all(), thread])
    for (const L of threads) api.sethook(L, raise, maskCount, 1)
  }

  /** Coroutines that were ended are dead. */
  stopUnwinding(): void {
    const { hook, mask, count } = this.#user ?? noHook
    this.unwinding = false
    this.#tools.api.sethook(this.#context.main, hook, mask, count)
  }

  close(): void {
    this.#watching?.hooks.remove(this.#context.main)
  }

  /** Our hook, on the thread that runs. */
  #run(L: LuaPointer): void {
    const { owner, host } = this.#context
    this.#answering = true
    owner.enterJs()
    try {
      // An error was caught, and nothing was raised at the next instruction.
      if (this.unwinding) this.#watching?.allowHooksAfterErrors?.(L)
      if (this.unwinding || host.pending(() => this.traceOf(L)) !== undefined) this.startUnwinding(L)
      else this.#putBack(L)
    } finally {
      owner.leaveJs()
      this.#answering = false
    }
  }

  traceOf(L: LuaPointer): Trace {
    const { frames } = this.#tools
    return wholeTrace(this.#context.traceOf(threadOf(L)), L, this.#threads, thread => frames.traceOf(thread))
  }

  /** JS asks, so Lua waits in a function of C. */
  whereLuaIs(): LuaFrame[] {
    const { frames } = this.#tools
    return this.#threads.innermostFirst().flatMap(thread => frames.traceOf(thread).frames)
  }

  #putBack(L: LuaPointer): void {
    const { hook, mask, count } = this.#userHook(L) ?? noHook
    this.#tools.api.sethook(L, hook, mask, count)
  }

  /** What `debug.sethook` of Lua code has set. */
  #userHook(L: LuaPointer): SavedHook | undefined {
    const { api } = this.#tools
    const hook = api.gethook(L)
    if (hook === this.#watching?.hooks.address) return this.#watching.calls.displaced(L)
    return { thread: L, hook, mask: api.gethookmask(L), count: api.gethookcount(L) }
  }
}

const noHook = { hook: 0, mask: 0, count: 0 }
