/** What an adapter over the C API is made of: one loaded runtime, shared by all its states. */
import type { Capabilities } from '../../capabilities.ts'
import type { Host, Thread, Trace } from '../../machine/machine.ts'
import type { CheckedOptions } from '../../options.ts'
import type { RuntimeName } from '../../runtime-names.ts'
import type { LuaFrame } from '../../stack.ts'
import type { Api, Dialect, LuaPointer, Pointer } from './api.ts'
import type { CallOwner, CallTable } from './call-table.ts'
import type { Memory } from './memory.ts'

export interface Binding {
  readonly runtime: RuntimeName
  readonly dialect: Dialect
  readonly capabilities: Capabilities
  readonly maxNesting: number
  readonly api: Api
  readonly memory: Memory
  readonly calls: CallTable
  /** The C function for a number of `calls`: one of its own, or the one that finds the number in its upvalue. */
  entryFor(id: number): Entry
  /** Opens a bare state. Throws a LuaMemoryError where there is no room for it. */
  newState(options: CheckedOptions): OpenedState
  createInterrupts(context: InterruptContext): Interrupts
  /** Whether `io.write` would write past the console. */
  readonly writesPastConsole: boolean
  /** Called before a C module is loaded. Throws where the process can't take it. */
  beforeCModule(): void
}

export interface Entry {
  readonly address: Pointer
  readonly upvalues: 0 | 1
}

/** A state without libraries, and what limits its memory. */
export interface OpenedState {
  readonly main: LuaPointer
  readonly memoryLimit: MemoryLimit | undefined
  /** After the state is closed. */
  dispose(): void
}

export interface MemoryLimit {
  /** While Lua runs. An allocation of ours must not fail: what JS puts in is counted, and told of afterwards. */
  enforced: boolean
  /** More is in use than may be. */
  readonly exceeded: boolean
  /** Set when memory was refused, which not every Lua answers by a collection. */
  refused: boolean
  /** Where Lua was when memory was refused; once. */
  takeTrace(): Trace | undefined
}

export interface InterruptContext {
  readonly main: LuaPointer
  readonly host: Host
  readonly options: CheckedOptions
  readonly owner: Pick<CallOwner, 'enterJs' | 'leaveJs'>
  /** Where a thread is. */
  traceOf(thread: Thread): Trace
}

/** Ends Lua code that runs. */
export interface Interrupts {
  /** Whether coroutines have to be told of. */
  readonly needsCoroutines: boolean
  /** Whether the running call is being ended. */
  readonly unwinding: boolean
  limitBegins(limit: number): void
  limitEnds(): void
  noteCoroutine(thread: LuaPointer): void
  /** JS resumes a coroutine itself. */
  resumeBegins(thread: LuaPointer): void
  resumeEnds(): void
  /** Where Lua is: in the thread that runs, and in all that wait for it. */
  traceOf(thread: LuaPointer): Trace
  /** As `Machine.whereLuaIs`. */
  whereLuaIs(): readonly LuaFrame[]
  startUnwinding(thread: LuaPointer): void
  stopUnwinding(): void
  close(): void
}
