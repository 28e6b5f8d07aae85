/**
 * Ends Lua code that runs: a count hook asks the host whether the call must end.
 *
 * As soon as the watch thread watches, there is no such hook until a call is over its limit; until then, and where no
 * such thread can be had, each state with a limit has one that asks from time to time, which makes calls of functions
 * up to three times as slow.
 *
 * An error that the hook raises can be caught by pcall in Lua. So once a call must end, the hook is set to every
 * instruction, of the coroutine that runs and of all that wait for it: whoever catches it gets it again at once, and
 * `while true do pcall(loop) end` comes to its end.
 */
import type { Trace } from '../../machine/machine.ts'
import type { LuaFrame } from '../../stack.ts'
import { maskCount, threadOf, type Api, type LuaPointer, type Pointer } from '../c-api/api.ts'
import type { InterruptContext, Interrupts } from '../c-api/binding.ts'
import type { RunningThreads } from '../c-api/running-threads.ts'
import { wholeTrace } from '../c-api/whole-trace.ts'
import type { DebugFrames } from './debug-frames.ts'
import type { Engine } from './engine.ts'
import { debugLayout, hookEvents, threadLayout } from './layout.ts'
import { UserHooks } from './user-hooks.ts'
import type { Watch } from './watch/watch.ts'

/** Instructions between two looks at the clock. */
const interval = 10_000
/** What functions of WebAssembly may use of the stack without saying so. */
const redZone = 128

export interface HookTools {
  readonly engine: Engine
  readonly api: Api
  readonly frames: DebugFrames
  /** Of this state. */
  readonly threads: RunningThreads
  /** The address of the hook. */
  readonly hook: Pointer
  /** For a state with limits. */
  readonly watch: Watch | undefined
  closed(): void
}

export class WasmoonInterrupts implements Interrupts {
  readonly needsCoroutines = false
  unwinding = false
  readonly #users: UserHooks
  readonly #tools: HookTools
  readonly #context: InterruptContext
  readonly #limited: boolean
  #asking = false
  /** Whether the main thread has a hook although it is watched, or might be by now. */
  #looksOften = false

  constructor(tools: HookTools, context: InterruptContext) {
    this.#tools = tools
    this.#context = context
    this.#users = new UserHooks(tools.engine, tools.api, tools.hook)
    this.#limited = context.options.callTimeout !== undefined
    this.#install(context.main)
  }

  limitBegins(limit: number): void {
    this.#tools.watch?.begin(limit, this.#press)
    if (this.#looksOften && this.#isWatched) this.#install(this.#context.main)
  }

  limitEnds(): void {
    this.#tools.watch?.end()
  }

  noteCoroutine(): void {}

  resumeBegins(thread: LuaPointer): void {
    this.#tools.threads.resumeBegins(thread)
  }

  resumeEnds(): void {
    this.#tools.threads.resumeEnds()
  }

  startUnwinding(thread: LuaPointer): void {
    this.unwinding = true
    for (const L of new Set([...this.#tools.threads.all(), thread])) this.#endSoon(L)
  }

  stopUnwinding(): void {
    this.unwinding = false
    this.#install(this.#context.main)
  }

  close(): void {
    this.#tools.closed()
  }

  /** Our hook, called by Lua. */
  run(L: LuaPointer, debug: Pointer): void {
    const { engine, api } = this.#tools
    if (this.#asking) return
    if (engine.heap.view.getInt32(debug + debugLayout.event, true) === hookEvents.count) {
      const error = this.#ask(L)
      if (error !== undefined) this.#raise(L, error)
      if (api.gethookcount(L) === 1 || this.#isWatched) this.#install(L)
    }
    this.#runUserHook(L, debug)
  }

  /** Lua code has called `debug.sethook`. */
  adoptUserHook(L: LuaPointer): void {
    this.#users.adopt(L)
    this.#install(L)
  }

  /** Puts the user's own hook in the place of ours. */
  withoutOurs(L: LuaPointer, body: () => number): number {
    const { hook = 0, mask = 0, count = 0 } = this.#users.of(L) ?? {}
    this.#tools.api.sethook(L, hook, mask, count)
    try {
      return body()
    } finally {
      this.#install(L)
    }
  }

  get #isWatched(): boolean {
    return this.#tools.watch?.ready === true
  }

  /**
   * Called by the watch thread inside of an interrupt: Lua may be between any two of its steps, also where it calls no
   * hooks, in a finalizer or in a hook of the user. What goes wrong goes well the next time.
   */
  readonly #press = (): void => {
    if (this.#asking) return
    try {
      this.#insideOfAnything(() => this.#hookAll())
    } catch {
      // Pressed again soon.
    }
  }

  /** In the middle of a function of Lua its line is an old one: the next instruction will have it noted. */
  whereLuaIs(): LuaFrame[] {
    const { threads } = this.#tools
    return this.#insideOfAnything(() => {
      const running = threads.innermostFirst()
      const frames = running.flatMap(thread => this.#framesOf(thread))
      if (!threads.isInC(running[0] as LuaPointer)) this.#hookAll()
      return frames
    })
  }

  /** Of a thread that may be between two steps. */
  #framesOf(thread: LuaPointer): readonly LuaFrame[] {
    try {
      return this.#tools.frames.traceOf(thread).frames
    } catch {
      return []
    }
  }

  #hookAll(): void {
    const { threads, engine } = this.#tools
    for (const L of threads.all()) {
      this.#endSoon(L)
      engine.heap.view.setUint8(L + threadLayout.allowHook, 1)
    }
  }

  /** Also of a function of WebAssembly, which keeps what it has on the stack. */
  #insideOfAnything<T>(body: () => T): T {
    const { linkable } = this.#tools.engine
    const stack = linkable.stackSave()
    linkable.stackRestore(stack - redZone)
    try {
      return body()
    } finally {
      linkable.stackRestore(stack)
    }
  }

  #ask(L: LuaPointer): Error | undefined {
    this.#asking = true
    try {
      return this.#context.host.pending(() => this.traceOf(L))
    } finally {
      this.#asking = false
    }
  }

  /** A hook that had to be ended would have to be ended again. */
  #runUserHook(L: LuaPointer, debug: Pointer): void {
    try {
      this.#users.run(L, debug)
    } finally {
      if (this.unwinding) this.#users.forget(L)
    }
  }

  traceOf(L: LuaPointer): Trace {
    const { threads, frames } = this.#tools
    return wholeTrace(this.#context.traceOf(threadOf(L)), L, threads, thread => frames.traceOf(thread))
  }

  #install(L: LuaPointer): void {
    const { api, hook } = this.#tools
    const user = this.#users.of(L)
    const { mask = 0, count = 0 } = user ?? {}
    const looksOften = this.#limited && !this.#isWatched
    if (L === this.#context.main) this.#looksOften = looksOften
    if (!this.#limited) api.sethook(L, user?.hook ?? 0, mask, count)
    else if (this.unwinding) api.sethook(L, hook, mask | maskCount, 1)
    else if (user === undefined && !looksOften) api.sethook(L, 0, 0, 0)
    else api.sethook(L, hook, mask | maskCount, count > 0 ? Math.min(count, interval) : interval)
  }

  #endSoon(L: LuaPointer): void {
    this.#users.adopt(L)
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
