/** A runtime behind Lua's C API, seen as a `Machine`: calls, coroutines and what stands for JS, on top of its stack. */
import type { Capabilities } from '../../capabilities.ts'
import type {
  AllResults,
  Callback,
  Host,
  Machine,
  ObjectSupport,
  Resumed,
  Thread,
  Trace,
} from '../../machine/machine.ts'
import type { CheckedOptions } from '../../options.ts'
import type { RuntimeName } from '../../runtime-names.ts'
import type { LuaFrame } from '../../stack.ts'
import { pointerOf as at, threadOf, type LuaPointer } from './api.ts'
import type { Binding, Interrupts, OpenedState } from './binding.ts'
import { Border } from './border.ts'
import { Collector } from './collector.ts'
import { compile, isBinary } from './compile.ts'
import { pushHostFunctions } from './host-functions.ts'
import { JsValues } from './js-values.ts'
import { layout, textRoom } from './memory.ts'
import { loadShim, type Shim } from './shim-slots.ts'
import { loadSnapshotter } from './snapshotter.ts'
import { CApiStack } from './stack.ts'
import { noTrace, readTrace } from './trace.ts'

const yielded = 1

export class CApiMachine extends CApiStack implements Machine {
  readonly runtime: RuntimeName
  readonly version: string
  readonly capabilities: Capabilities
  readonly main: Thread
  /** The message handler lies at the bottom of the main thread. */
  readonly restingTop = 1
  readonly maxNesting: number
  readonly loadedFiles = new Set<string>()
  readonly #binding: Binding
  readonly #state: OpenedState
  readonly #shim: Shim
  readonly #interrupts: Interrupts
  readonly #border: Border
  readonly #jsValues: JsValues
  readonly #collector: Collector
  #snapshotter: number | undefined

  constructor(binding: Binding, options: CheckedOptions, host: Host) {
    const state = binding.newState(options)
    super(binding, state.main)
    this.#binding = binding
    this.#state = state
    this.runtime = binding.runtime
    this.version = binding.dialect.version
    this.capabilities = binding.capabilities
    this.maxNesting = binding.maxNesting
    this.main = threadOf(state.main)
    binding.api.openlibs(state.main)
    this.#shim = loadShim(binding, state.main)
    this.#border = new Border(binding, state, host, this.#shim)
    this.#collector = new Collector(binding, state, this.#border, this.#shim)
    this.#jsValues = new JsValues(binding, this.#border, this.refs, this.#shim)
    this.#interrupts = binding.createInterrupts({
      main: state.main,
      host,
      options,
      owner: this.#border,
      traceOf: thread => this.#traceOf(thread),
    })
    this.#pushSlot(state.main, this.#shim.handler)
    this.#install(options, host)
  }

  override ensure(thread: Thread, count: number): void {
    this.#collector.ensureRoom(at(thread))
    super.ensure(thread, count)
  }

  override pushBytes(thread: Thread, bytes: Uint8Array): void {
    super.pushBytes(thread, bytes)
    if (bytes.length > textRoom) this.#collector.ensureRoom(at(thread))
  }

  pushCallback(thread: Thread, callback: Callback): void {
    this.#jsValues.pushCallback(at(thread), callback)
  }

  giveResults(thread: Thread, count: number): number {
    return this.#jsValues.giveResults(at(thread), count)
  }

  pushObject(thread: Thread, object: object, support: ObjectSupport): void {
    this.#jsValues.pushObject(at(thread), object, support)
  }

  callbackAt(thread: Thread, index: number): Callback | undefined {
    return this.#jsValues.callbackAt(at(thread), index)
  }

  objectAt(thread: Thread, index: number): object | undefined {
    return this.#jsValues.objectAt(at(thread), index)
  }

  pushHandler(thread: Thread): void {
    if (!this.#border.isAtRest(at(thread))) this.#pushSlot(at(thread), this.#shim.handler)
  }

  call(thread: Thread, args: number, wanted: 1 | AllResults): boolean {
    this.#collector.ensureRoom(at(thread))
    const handler = this.#border.isAtRest(at(thread)) ? 1 : -args - 2
    this.#border.beginLua()
    const status = this.api.pcall(at(thread), args, wanted, handler)
    this.#border.endLua()
    return status === 0
  }

  /** An error of memory is the only one that no message handler is told of. */
  takeTrace(thread: Thread): Trace {
    const refused = this.#state.memoryLimit?.takeTrace()
    const trace = readTrace(this, thread, () => this.#pushSlot(at(thread), this.#shim.traces))
    return trace === noTrace ? (refused ?? trace) : trace
  }

  load(thread: Thread, bytes: Uint8Array, chunkName: Uint8Array): boolean {
    if (!isBinary(bytes)) return compile(this.#binding, at(thread), { bytes, chunkName }, this.#border.depth)
    this.pushText(thread, "attempt to load a binary chunk (mode is 't')")
    return false
  }

  resume(thread: Thread, from: Thread, args: number): Resumed {
    const L = at(thread)
    this.#interrupts.resumeBegins(L)
    this.#border.beginLua()
    const status = this.api.resume(L, at(from), args)
    this.#border.endLua()
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
    this.pushCallback(thread, settle)
    this.#pushSlot(at(thread), this.#shim.suspended)
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

  whereLuaIs(): readonly LuaFrame[] {
    return this.#interrupts.whereLuaIs()
  }

  collectGarbage(thread: Thread): void {
    this.#collector.collect(at(thread))
    this.#jsValues.sweep(at(thread))
  }

  memoryUsed(thread: Thread): number {
    return this.#collector.bytesInUse(at(thread))
  }

  /** Finalizers run now, and call into JS: what serves them goes last. */
  close(): void {
    this.#interrupts.close()
    this.refs.close()
    this.api.close(at(this.main))
    this.#jsValues.clear()
    this.#state.dispose()
  }

  #pushSlot(L: LuaPointer, slot: number): void {
    this.api.rawgeti(L, this.dialect.registryIndex, slot)
  }

  /** Of `thread`, asked on a thread that can run. */
  #traceOf(running: Thread, thread = running): Trace {
    if (this.#interrupts.unwinding) return noTrace
    const L = at(running)
    this.#pushSlot(L, this.#shim.traceOf)
    this.api.pushthread(at(thread))
    if (thread !== running) this.api.xmove(at(thread), L, 1)
    this.api.pcall(L, 1, 0, 0)
    return this.takeTrace(running)
  }

  #install(options: CheckedOptions, host: Host): void {
    const { runtime, dialect } = this.#binding
    this.#pushSlot(at(this.main), this.#shim.install)
    pushHostFunctions(this, options, {
      host,
      loadedFiles: this.loadedFiles,
      traceOf: thread => this.#interrupts.traceOf(at(thread)),
      writesPastConsole: this.#binding.writesPastConsole,
      beforeCModule: () => this.#binding.beforeCModule(),
      ...(dialect.finalizersRaise ? { finalizersExist: () => this.#border.noteFinalizers() } : {}),
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
