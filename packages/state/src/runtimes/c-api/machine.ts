/** A runtime behind Lua's C API, seen as a `Machine`: calls, coroutines and what stands for JS, on top of its stack. */
import type { Capabilities } from '../../capabilities.ts'
import type {
  AllResults,
  Callback,
  Host,
  Machine,
  ObjectSupport,
  Ref,
  Resumed,
  Thread,
  Trace,
} from '../../machine/machine.ts'
import type { CheckedOptions } from '../../options.ts'
import type { RuntimeName } from '../../runtime-names.ts'
import { pointerOf as at, threadOf, type LuaPointer } from './api.ts'
import type { Binding, Interrupts, OpenedState } from './binding.ts'
import type { CallOwner } from './call-table.ts'
import { layout } from './memory.ts'
import { pushHostFunctions } from './host-functions.ts'
import { loadShim, type Shim } from './shim-slots.ts'
import { loadSnapshotter } from './snapshotter.ts'
import { CApiStack } from './stack.ts'
import { noTrace, readTrace } from './trace.ts'
import { WeakValues } from './weak-values.ts'

const yielded = 1
const binaryMark = 0x1b
const collector = { stop: 0, restart: 1 } as const

export class CApiMachine extends CApiStack implements Machine, CallOwner {
  readonly runtime: RuntimeName
  readonly version: string
  readonly capabilities: Capabilities
  readonly main: Thread
  /** The message handler lies at the bottom of the main thread. */
  readonly restingTop = 1
  readonly maxNesting: number
  readonly loadedFiles = new Set<string>()
  readonly #binding: Binding
  readonly #host: Host
  readonly #state: OpenedState
  readonly #shim: Shim
  readonly #interrupts: Interrupts
  readonly #functions: WeakValues<Callback>
  readonly #objects: WeakValues<object>
  readonly #freeObjectIds: number[] = []
  #nextObjectId = 1
  /** Whether the collector must stand still while JS runs: see `Dialect.finalizersRaise`. */
  #careful = false
  #callbacksRunning = 0
  #snapshotter: number | undefined

  constructor(binding: Binding, options: CheckedOptions, host: Host) {
    const state = binding.newState(options)
    super(binding, state.main)
    this.#binding = binding
    this.#host = host
    this.#state = state
    this.runtime = binding.runtime
    this.version = binding.dialect.version
    this.capabilities = binding.capabilities
    this.maxNesting = binding.maxNesting
    this.main = threadOf(state.main)
    binding.api.openlibs(state.main)
    this.#shim = loadShim(binding, state.main)
    const { registryIndex } = binding.dialect
    this.#functions = new WeakValues(this.api, registryIndex, this.#shim.functions, id =>
      binding.calls.remove(id),
    )
    this.#objects = new WeakValues(this.api, registryIndex, this.#shim.objects, id =>
      this.#freeObjectIds.push(id),
    )
    this.#interrupts = binding.createInterrupts({
      main: state.main,
      host,
      options,
      owner: this,
      traceOf: thread => this.#traceOf(thread),
    })
    this.api.rawgeti(state.main, registryIndex, this.#shim.handler)
    this.#install(options)
  }

  pushCallback(thread: Thread, callback: Callback): void {
    const L = at(thread)
    if (this.#functions.push(L, callback)) return
    const id = this.#binding.calls.add(this, callback)
    this.#pushSlot(L, this.#shim.wrap)
    this.api.pushlightuserdata(L, id)
    this.api.pushcclosure(L, this.#binding.entry, 1)
    this.api.pushinteger(L, id)
    this.api.pcall(L, 2, 1, 0)
    this.#functions.add(L, callback, id)
  }

  pushObject(thread: Thread, object: object, support: ObjectSupport): void {
    const L = at(thread)
    if (this.#objects.push(L, object)) return
    const table = support.objectMetatable()
    const id = this.#freeObjectIds.pop() ?? this.#nextObjectId++
    this.api.newuserdata(L, 0)
    this.pushRef(thread, table)
    this.api.setmetatable(L, -2)
    this.#pushSlot(L, this.#shim.objects)
    this.api.pushinteger(L, id)
    this.api.pushvalue(L, -3)
    this.api.rawset(L, -3)
    this.api.settop(L, -2)
    this.#objects.add(L, object, id)
  }

  callbackAt(thread: Thread, index: number): Callback | undefined {
    return this.#functions.targetAt(at(thread), index)
  }

  objectAt(thread: Thread, index: number): object | undefined {
    return this.#objects.targetAt(at(thread), index)
  }

  pushHandler(thread: Thread): void {
    if (!this.#isAtRest(thread)) this.#pushSlot(at(thread), this.#shim.handler)
  }

  call(thread: Thread, args: number, wanted: 1 | AllResults): boolean {
    const handler = this.#isAtRest(thread) ? 1 : -args - 2
    this.#beginLua()
    const status = this.api.pcall(at(thread), args, wanted, handler)
    this.#endLua()
    return status === 0
  }

  takeTrace(): Trace {
    return readTrace(this, this.main, () => this.#pushSlot(at(this.main), this.#shim.traces))
  }

  load(thread: Thread, bytes: Uint8Array, chunkName: Uint8Array): boolean {
    if (bytes[0] === binaryMark) {
      this.pushText(thread, "attempt to load a binary chunk (mode is 't')")
      return false
    }
    const { memory } = this.#binding
    const length = bytes.length
    return memory.place(bytes, chunk =>
      memory.place(chunkName, name => this.api.loadbuffer(at(thread), chunk, length, name) === 0),
    )
  }

  resume(thread: Thread, from: Thread, args: number): Resumed {
    const L = at(thread)
    this.#interrupts.resumeBegins(L)
    this.#beginLua()
    const status = this.api.resume(L, at(from), args)
    this.#endLua()
    this.#interrupts.resumeEnds()
    if (status > yielded) return { kind: 'failed', trace: this.#traceOf(from, thread) }
    return { kind: status === yielded ? 'yielded' : 'returned', count: this.api.gettop(L) }
  }

  statusOf(thread: Thread): 'suspended' | 'normal' | 'dead' {
    const L = at(thread)
    const status = this.api.status(L)
    if (status === yielded) return 'suspended'
    if (status !== 0) return 'dead'
    const room = this.#binding.memory.scratch + layout.debug
    if (this.api.getstack(L, 0, room) !== 0) return 'normal'
    return this.api.gettop(L) === 0 ? 'dead' : 'suspended'
  }

  /** The Lua function around a callback yields for it: a C function of ours can't. */
  suspend(thread: Thread, settle: Callback): number {
    this.#pushSlot(at(thread), this.#shim.suspended)
    this.pushCallback(thread, settle)
    return 2
  }

  isYieldable(thread: Thread): boolean {
    return this.api.isyieldable(at(thread)) !== 0
  }

  override pushThread(thread: Thread): void {
    super.pushThread(thread)
    this.#interrupts.noteCoroutine(this.api.tothread(at(thread), -1))
  }

  pushSnapshotter(thread: Thread): void {
    const L = at(thread)
    this.#snapshotter ??= loadSnapshotter(this.#binding, L, this.#shim)
    this.#pushSlot(L, this.#snapshotter)
  }

  limitBegins(limit: number): void {
    this.#interrupts.limitBegins(limit)
  }

  limitEnds(): void {
    this.#interrupts.limitEnds()
  }

  startUnwinding(thread: Thread): void {
    this.#interrupts.startUnwinding(at(thread))
  }

  stopUnwinding(): void {
    this.#interrupts.stopUnwinding()
  }

  /** What Lua let go JS lets go too. */
  collectGarbage(): void {
    this.#collect('collect')
    const L = at(this.main)
    this.#functions.sweep(L)
    this.#objects.sweep(L)
  }

  memoryUsed(): number {
    return Math.round(this.#collect('count') * 1024)
  }

  /** Finalizers run now, and call into JS: what serves them goes last. */
  close(): void {
    this.#interrupts.close()
    this.refs.close()
    this.api.close(at(this.main))
    this.#functions.clear()
    this.#objects.clear()
    this.#state.dispose()
  }

  fail(thread: Thread, thrown: unknown): number {
    const L = at(thread)
    this.api.settop(L, 0)
    this.#pushSlot(L, this.#shim.failed)
    try {
      this.#host.pushThrown(thread, thrown)
      return 2
    } catch {
      // The stack of JS is used up: Lua says so itself.
      this.api.settop(L, 1)
      this.api.pushvalue(L, 1)
      return 2
    }
  }

  enterJs(): void {
    this.#callbacksRunning++
    this.#endLua()
  }

  leaveJs(): void {
    this.#callbacksRunning--
    this.#beginLua()
  }

  #beginLua(): void {
    const { memoryLimit } = this.#state
    if (memoryLimit !== undefined) memoryLimit.enforced = true
    if (this.#careful) this.api.gc(at(this.main), collector.restart)
  }

  #endLua(): void {
    const { memoryLimit } = this.#state
    if (memoryLimit !== undefined) memoryLimit.enforced = false
    if (this.#careful) this.api.gc(at(this.main), collector.stop)
  }

  #isAtRest(thread: Thread): boolean {
    return thread === this.main && this.#callbacksRunning === 0
  }

  #pushSlot(L: LuaPointer, slot: number): void {
    this.api.rawgeti(L, this.dialect.registryIndex, slot)
  }

  #collect(option: 'collect' | 'count'): number {
    const L = at(this.main)
    this.#pushSlot(L, this.#shim.collect)
    this.pushText(this.main, option)
    const done = this.call(this.main, 1, 1)
    const result = done ? this.api.tonumber(L, -1) : 0
    this.api.settop(L, -2)
    return result
  }

  /** Of `thread`, asked on a thread that can run. */
  #traceOf(running: Thread, thread = running): Trace {
    if (this.#interrupts.unwinding) return noTrace
    const L = at(running)
    this.#pushSlot(L, this.#shim.traceOf)
    this.api.pushthread(at(thread))
    if (thread !== running) this.api.xmove(at(thread), L, 1)
    this.api.pcall(L, 1, 0, 0)
    return this.takeTrace()
  }

  #install(options: CheckedOptions): void {
    const { runtime, dialect } = this.#binding
    this.#pushSlot(at(this.main), this.#shim.install)
    pushHostFunctions(this, options, {
      host: this.#host,
      loadedFiles: this.loadedFiles,
      beforeCModule: () => this.#binding.beforeCModule(),
      ...(dialect.finalizersRaise ? { finalizersExist: () => void (this.#careful = true) } : {}),
      ...(this.#interrupts.needsCoroutines ? { noteCoroutine: thread => this.#noteCoroutine(thread) } : {}),
      ...(options.callTimeout === undefined ? {} : { isEnding: () => this.#interrupts.unwinding }),
    })
    this.pushText(this.main, dialect.version)
    if (this.api.pcall(at(this.main), 2, 0, 0) === 0) return
    throw new Error(
      `The libraries of ${runtime} could not be opened: ${this.textAt(this.main, -1)}. This is a bug of ours: please report it.`,
    )
  }

  #noteCoroutine(thread: Thread): void {
    this.#interrupts.noteCoroutine(this.api.tothread(at(thread), 1))
  }
}
