/** The one door to koffi, which calls C functions of shared libraries: what we use of it, in our own types. */
import { LuaStateError } from '../../errors.ts'

export type NativeFunction = (...args: (number | bigint | Uint8Array | null)[]) => number | bigint

export interface NativeLibrary {
  /** Pointers are `intptr_t`, which koffi gives as numbers: an object for each would cost ten times as much. */
  func(name: string, result: string, args: readonly string[]): NativeFunction
  symbol(name: string, type: string): unknown
}

export interface LoadOptions {
  lazy?: boolean
  /** Its symbols serve libraries that are loaded later. */
  global?: boolean
  /** Its own symbols go before those that are global already. */
  deep?: boolean
}

export interface Koffi {
  readonly version: string
  config(): { sync_stack_size: number }
  config(settings: { sync_stack_size: number }): void
  load(path: string | null, options?: LoadOptions): NativeLibrary
  proto(result: string, args: readonly string[]): unknown
  pointer(type: unknown): unknown
  register(callback: (...args: never[]) => number | void, type: unknown): unknown
  alloc(type: string, count: number): unknown
  free(value: unknown): void
  /** The address of what is allocated, registered or a symbol. */
  address(value: unknown): bigint
  view(value: unknown, length: number): ArrayBuffer
  /** What lies at an address; of the type of a function, the function. */
  decode(address: bigint, type: unknown): unknown
  encode(address: bigint, type: string, value: number): void
}

export async function loadKoffi(runtime: string): Promise<Koffi> {
  try {
    const { default: koffi } = (await import('koffi')) as unknown as { default: Koffi }
    growStack(koffi)
    return koffi
  } catch (cause) {
    throw new LuaStateError(
      'LUA_STATE_RUNTIME_MISSING',
      `openLua('${runtime}') needs the package koffi, which could not be loaded. ` +
        `Install it beside @vitest-pool-lua/state: npm install --save-dev koffi`,
      { cause },
    )
  }
}

/**
 * A C function of JS, kept as long as the process. Never while koffi runs a function of JS: what is registered then
 * remembers that place on the stack, and fails or crashes when it is called from another.
 */
export function registerCallback(
  koffi: Koffi,
  callback: (...args: never[]) => number | void,
  type: unknown,
): number {
  return Number(koffi.address(koffi.register(callback, type)))
}

/**
 * koffi calls C functions on a stack of its own, of 1 or 2 MiB, which Lua needs more of: 200 functions of C may call
 * each other, and `gsub` alone takes 8 kB. This is the most that koffi has, taken when it is used.
 */
const stackSize = 16 * 2 ** 20

function growStack(koffi: Koffi): void {
  if (koffi.config().sync_stack_size >= stackSize) return
  try {
    koffi.config({ sync_stack_size: stackSize })
  } catch {
    // Somebody has loaded a library: the stack stays as it is.
  }
}
