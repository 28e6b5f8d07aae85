/**
 * One open Lua: calls in both directions, and what holds while they run. On top of a `Machine`, whatever the
 * runtime.
 */
import { LuaError } from '../errors.ts'
import type { Adapter } from '../machine/adapter.ts'
import { allResults } from '../machine/machine.ts'
import type { AllResults, Callback, Host, Machine, Ref, Thread, Trace } from '../machine/machine.ts'
import type { CheckedOptions } from '../options.ts'
import { callBegins, callEnds } from '../running-lua.ts'
import { captureCaller, type Place } from '../stack.ts'
import { FromLua } from '../values/from-lua.ts'
import { createObjectMetatable } from '../values/objects.ts'
import { encodeUtf8 } from '../values/strings.ts'
import { ToLua } from '../values/to-lua.ts'
import { Callbacks } from './callbacks.ts'
import type { Core, OperationName, JsFunction, Waiting } from './core.ts'
import { failureOf, messageOf, syntaxFailure, type BrokenFile } from './failure.ts'
import { Interruption } from './interruption.ts'
import { luaRoomGuard } from './lua-room.ts'
import { closedError } from './state-errors.ts'
import { TableOperations } from './table-operations.ts'

export class Session implements Core, Host {
  readonly machine: Machine
  readonly options: CheckedOptions
  readonly #openedAt = captureCaller()
  readonly #ensureRoom = luaRoomGuard()
  thread: Thread
  base = 0
  readonly waiting = new Map<Thread, Waiting>()
  readonly #toLua: ToLua
  readonly #fromLua: FromLua
  readonly #callbacks: Callbacks
  readonly #interruption: Interruption
  readonly #operations = new TableOperations(this)
  #objectMetatable: Ref | undefined
  #depth = 0
  #brokenFile: BrokenFile | undefined
  #closing: { at: () => Place | undefined; done: () => void } | undefined
  #closed = false

  constructor(adapter: Adapter, options: CheckedOptions) {
    this.options = options
    this.#interruption = new Interruption(options.callTimeout)
    this.machine = adapter.open(options, this)
    this.thread = this.machine.main
    this.#toLua = new ToLua(this)
    this.#fromLua = new FromLua(this)
    this.#callbacks = new Callbacks(this, this.#toLua)
  }

  get openedAt(): Place | undefined {
    return this.#openedAt()
  }

  get closed(): boolean {
    return this.#closing !== undefined
  }

  /** Throws when the state is closed, and where Lua could not run because the stack of JS is nearly used up. */
  openMachine(): Machine {
    this.#ensureRoom()
    if (this.#closing === undefined) return this.machine
    throw closedError(this.machine.runtime, this.openedAt, this.#closing.at())
  }

  enter(): Thread {
    const machine = this.openMachine()
    if (this.#depth === 0) this.#beginOutermost(machine)
    else this.#beginNested(machine)
    this.#depth++
    return this.thread
  }

  #beginOutermost(machine: Machine): void {
    this.base = machine.restingTop
    this.#interruption.start(machine)
    callBegins(this)
  }

  #beginNested(machine: Machine): void {
    const { maxNesting } = machine
    if (this.#depth >= maxNesting)
      throw new LuaError(`stack overflow: JS and Lua call each other ${maxNesting} deep`)
    machine.ensure(this.thread, 16)
    this.base = machine.top(this.thread)
  }

  leave(thread: Thread, base: number): void {
    this.machine.setTop(thread, base)
    this.#depth--
    if (this.#depth > 0) return
    callEnds(this)
    this.#interruption.stop(this.machine)
    if (this.#interruption.happened || this.#closing !== undefined) this.#settle()
  }

  push(thread: Thread, value: unknown): void {
    this.#toLua.push(thread, value)
  }

  pushResults(thread: Thread, result: unknown): number {
    return this.#toLua.pushResults(thread, result)
  }

  read(thread: Thread, index: number): unknown {
    return this.#fromLua.read(thread, index)
  }

  /** Source text in the encoding of the state. */
  encode(source: string | Uint8Array): Uint8Array {
    return typeof source === 'string' ? this.#toLua.encode(source) : new Uint8Array(source)
  }

  call(ref: Ref, args: readonly unknown[]): unknown {
    const thread = this.enter()
    const { base } = this
    try {
      this.#callOn(thread, ref, args, 1)
      return this.#fromLua.read(thread, -1)
    } finally {
      this.leave(thread, base)
    }
  }

  callAll(ref: Ref, args: readonly unknown[]): unknown[] {
    const thread = this.enter()
    const { base } = this
    try {
      return this.readTop(thread, this.#callOn(thread, ref, args, allResults))
    } finally {
      this.leave(thread, base)
    }
  }

  run(thread: Thread, args: number, wanted: 1 | AllResults): number {
    const { machine } = this
    const below = wanted === 1 ? 0 : machine.top(thread) - args - 1
    if (!machine.call(thread, args, wanted)) throw this.failure(thread, machine.takeTrace(thread))
    return wanted === 1 ? 1 : machine.top(thread) - below
  }

  /** Compiles and leaves the function on top. Throws `LuaSyntaxError`. */
  load(thread: Thread, source: Uint8Array, chunkName: string): void {
    const { machine } = this
    if (machine.load(thread, source, encodeUtf8(chunkName))) return
    const message = messageOf(this, thread)
    throw syntaxFailure(message, { message, source: chunkName })
  }

  /** A LuaError that went through a callback is the error still: the first cause wins. */
  failure(thread: Thread, trace: Trace): LuaError {
    const thrown = this.machine.objectAt(thread, -1)
    return thrown instanceof LuaError ? thrown : failureOf(this, thread, trace, this.#brokenFile)
  }

  onThread<T>(thread: Thread, body: () => T): T {
    const outer = this.thread
    this.thread = thread
    try {
      return body()
    } finally {
      this.thread = outer
    }
  }

  readonly invoke = (thread: Thread, target: JsFunction, self: unknown, skip: number): number => {
    const outer = this.thread
    this.thread = thread
    try {
      return this.#callbacks.run(thread, target, self, skip)
    } finally {
      this.thread = outer
    }
  }

  linkCallback(callback: Callback, target: JsFunction): Callback {
    return this.#fromLua.linkCallback(callback, target)
  }

  operation(name: OperationName): Ref {
    return this.#operations.get(name)
  }

  objectMetatable(thread: Thread): Ref {
    this.#objectMetatable ??= createObjectMetatable(this, thread)
    return this.#objectMetatable
  }

  pushThrown(thread: Thread, thrown: unknown): void {
    this.#callbacks.pushThrown(thread, thrown)
  }

  pending(where: () => Trace): Error | undefined {
    return this.#interruption.pending(where)
  }

  abort(error: Error): void {
    this.#interruption.cause(error)
  }

  noteBrokenFile(message: string, source: string): void {
    this.#brokenFile = { message, source }
  }

  /** Deferred until no call is running; `done` is called once it is closed. */
  close(done: () => void): void {
    if (this.#closing !== undefined) return
    // Finalizers run when it is closed.
    this.#ensureRoom()
    this.#closing = { at: captureCaller(), done }
    if (this.#depth === 0) this.#settle()
  }

  #callOn(thread: Thread, ref: Ref, args: readonly unknown[], wanted: 1 | AllResults): number {
    const { machine } = this
    if (args.length > 8) machine.ensure(thread, args.length + 8)
    machine.pushHandler(thread)
    machine.pushRef(thread, ref)
    for (const value of args) this.#toLua.push(thread, value)
    return this.run(thread, args.length, wanted)
  }

  readTop(thread: Thread, count: number): unknown[] {
    return count === 0 ? [] : this.readAll(thread, this.machine.top(thread) - count + 1, count)
  }

  readAll(thread: Thread, first: number, count: number): unknown[] {
    const values: unknown[] = []
    for (let index = 0; index < count; index++) values.push(this.#fromLua.read(thread, first + index))
    return values
  }

  /** After the outermost call. */
  #settle(): void {
    const error = this.#interruption.take(this.machine)
    if (this.#closing !== undefined && !this.#closed) {
      this.#closed = true
      // Finalizers run, as in any call.
      callBegins(this)
      this.machine.close()
      callEnds(this)
      this.#closing.done()
    }
    if (error !== undefined) throw error
  }
}
