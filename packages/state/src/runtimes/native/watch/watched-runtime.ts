/** What the watch thread is told: plain data, for it has its own koffi. */
import type { Pointer } from '../../c-api/api.ts'

/** At its start. */
export interface WatchThreadData {
  readonly shared: SharedArrayBuffer
  /** See `thread-clock.ts`. */
  readonly clock: number | undefined
}

export interface WatchedRuntime {
  readonly number: number
  /** The hook that asks whether the call must end. */
  readonly hook: Pointer
  readonly firstUpvalue: number
  readonly functions: Readonly<Record<WatchFunction, Pointer>>
  readonly fields: HookFields | undefined
}

/** Functions that only read, and `lua_sethook`, which may be called at any time. */
export const watchFunctions = {
  lua_sethook: ['void', 'intptr_t', 'intptr_t', 'int', 'int'],
  lua_gethook: ['intptr_t', 'intptr_t'],
  lua_gethookmask: ['int', 'intptr_t'],
  lua_gethookcount: ['int', 'intptr_t'],
  lua_getstack: ['int', 'intptr_t', 'int', 'intptr_t'],
  lua_status: ['int', 'intptr_t'],
  lua_tothread: ['intptr_t', 'intptr_t', 'int'],
} as const

export type WatchFunction = keyof typeof watchFunctions

/**
 * Where Lua keeps what belongs to a hook, in bytes from a `lua_State *`: see `hook-fields.ts`. LuaJIT has one hook
 * for all threads of a state, and its place is counted from the main thread.
 */
export type HookFields = PucHookFields | JitHookFields

export interface PucHookFields {
  readonly kind: 'puc'
  /** Of the memory in which they lie. */
  readonly size: number
  readonly hook: number
  readonly mask: number
  /** Instructions between two calls of the hook, and how many are left. */
  readonly counts: readonly [number, number]
  /** 0 while a hook or a finalizer runs: then no hook is called. */
  readonly allow: number
  /** Functions that run already look for hooks only when `lua_sethook` tells them: since 5.4. */
  readonly hasTraps: boolean
}

export interface JitHookFields {
  readonly kind: 'jit'
  /** A byte of flags. */
  readonly flags: number
  /** The flag that is set while a hook or a finalizer runs. */
  readonly active: number
}
