/** What the watch thread is told: plain data, for it has its own koffi. */
import type { RuntimeName } from '../../../runtime-names.ts'
import type { Pointer } from '../../c-api/api.ts'

/** From the thread that runs Lua. */
export type WatchMessage =
  | { readonly kind: 'runtime'; readonly runtime: WatchedRuntime }
  /** From now on calls that do not end are told of. */
  | { readonly kind: 'stuck-calls'; readonly descriptor: number }

export interface WatchedRuntime {
  readonly number: number
  readonly name: RuntimeName
  /** The hook that asks whether the call must end. */
  readonly hook: Pointer
  /** What ends a call once that has said so: see `interrupts.ts`. */
  readonly raise: Pointer
  readonly functions: Readonly<Record<WatchFunction, Pointer>>
  readonly fields: HookFields | undefined
  readonly frameFields: FrameFields | undefined
}

/** Functions that may be called while Lua runs: they read or write some fields. */
export const watchFunctions = {
  lua_sethook: ['void', 'intptr_t', 'intptr_t', 'int', 'int'],
  lua_gethook: ['intptr_t', 'intptr_t'],
  lua_gethookmask: ['int', 'intptr_t'],
  lua_gethookcount: ['int', 'intptr_t'],
} as const

export type WatchFunction = keyof typeof watchFunctions

/**
 * Where Lua keeps what belongs to a hook, in bytes from a `lua_State *`: see `hook-fields.ts`. LuaJIT has one hook
 * for all threads of a state, and its place is counted from the main thread.
 */
export type HookFields = PucHookFields | JitHookFields

export interface PucHookFields {
  readonly kind: 'puc'
  readonly hook: number
  readonly mask: number
  /** Instructions between two calls of the hook, and how many are left. */
  readonly counts: readonly [number, number]
  /** 0 while a hook or a finalizer runs: then no hook is called. */
  readonly allow: number
  readonly structures: Structures
}

export interface JitHookFields {
  readonly kind: 'jit'
  /** A byte of flags. */
  readonly flags: number
  /** The flag that is set while a hook or a finalizer runs. */
  readonly active: number
}

/** Where in Lua's structures it is written which function runs, and which coroutine it resumes. */
export interface Structures {
  /** In a `lua_State`: the state that it belongs to, and the `CallInfo` of the function that runs. */
  readonly state: number
  readonly call: number
  /** In a `CallInfo`: where on the stack the function is; its arguments follow. */
  readonly function: number
  /** Of a value that is a thread, and of one that is a function of Lua since 5.2. */
  readonly threadTag: number
  readonly luaFunctionTag?: number
  /** In a function: whether it is one of C, in 5.1; and in one of C its first upvalue. */
  readonly isC?: number
  readonly upvalue: number
  /** In a `CallInfo` since 5.4: whether the function looks for hooks. */
  readonly trap?: number
}

/** Where it is written which functions are active, and at which line. */
export type FrameFields = PucFrameFields | JitFrameFields

export interface PucFrameFields {
  readonly kind: 'puc'
  readonly structures: Structures
  /**
   * How a `CallInfo` leads to its caller's: since 5.2 by a pointer, in 5.1 it lies before it. There the `lua_State` has
   * the first one, and which instruction of the running function is next.
   */
  readonly calls:
    | { readonly kind: 'linked'; readonly caller: number }
    | { readonly kind: 'array'; readonly size: number; readonly first: number; readonly running: number }
  /** In a `CallInfo`: the instruction that is next. */
  readonly next: number
  /** In a function of Lua: its prototype, whose type is this. */
  readonly prototype: number
  readonly prototypeType: number
  /** In a prototype, as all that follows: its instructions. */
  readonly code: number
  /** The line of each instruction, or since 5.4 how far it is from the one before, with some marks between. */
  readonly lines:
    | { readonly kind: 'whole'; readonly at: number }
    | { readonly kind: 'steps'; readonly at: number; readonly marks: number; readonly markCount: number }
  readonly source: number
  readonly firstLine: number
}

/** In LuaJIT's `global_State`; the rest is the same in all builds with GC64. */
export interface JitFrameFields {
  readonly kind: 'jit'
  /** The thread that runs. Behind it lies where its frame was when compiled code was entered, or 0. */
  readonly current: number
  /** A number: of the compiled code that runs, or negative. */
  readonly vmState: number
}
