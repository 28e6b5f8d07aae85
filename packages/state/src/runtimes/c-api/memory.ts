/**
 * Memory that Lua and JS both see. Short strings pass through a scratch area that is always there; what lies in it
 * holds until the next use.
 */
import type { Pointer } from './api.ts'

export interface Memory {
  /** Of the scratch area, `scratchSize` bytes. */
  readonly scratch: Pointer
  /** The scratch area. Ask each time: it can move. */
  view(): Uint8Array
  /** The bytes at any address: a view that holds until the next use of the memory. */
  read(address: Pointer, length: number): Uint8Array
  /** The bytes at any address as text, by the rules of `values/strings.ts`. */
  textAt(address: Pointer, length: number): string
  /** Runs `body` with the address of a copy of the bytes, followed by NUL. */
  place<T>(bytes: Uint8Array, body: (address: Pointer) => T): T
  /** Copies the bytes to where they stay as long as the process. */
  keep(bytes: Uint8Array): Pointer
}

export const scratchSize = 65_536

/** What lies where in the scratch area: an out parameter, a `lua_Debug` (152 bytes at most), text. */
export const layout = { out: 0, debug: 16, text: 512 } as const

export const textRoom = scratchSize - layout.text - 1
