/** wasmoon's memory, as JS sees it: one for all states, it only grows. */
import type { WasmMemoryObject } from '../../web-assembly/web-assembly.ts'

const page = 65_536
/** As in wasmoon's module: addresses are signed. */
const most = 2 ** 31
/** Grows by a fifth, and by 64 MB at most, so that JS seldom has to look at a new buffer. */
const mostAtOnce = 64 * 2 ** 20

export class Heap {
  /** Change whenever memory grows: take them anew after each call. */
  bytes: Uint8Array
  view: DataView
  /** The same bytes. */
  buffer: Buffer
  readonly #memory: WasmMemoryObject

  constructor(memory: WasmMemoryObject) {
    this.#memory = memory
    this.bytes = new Uint8Array(memory.buffer)
    this.view = new DataView(memory.buffer)
    this.buffer = Buffer.from(memory.buffer)
  }

  /** To at least `size` bytes, and not beyond `limit`. Says whether it could. */
  growTo(size: number, limit: number): boolean {
    const room = Math.min(limit, most)
    const now = this.bytes.length
    if (size > room) return false
    const wanted = Math.min(room, Math.max(size, now + Math.min(now / 5, mostAtOnce)))
    try {
      this.#memory.grow(Math.ceil((wanted - now) / page))
    } catch {
      return false
    }
    this.bytes = new Uint8Array(this.#memory.buffer)
    this.view = new DataView(this.#memory.buffer)
    this.buffer = Buffer.from(this.#memory.buffer)
    return true
  }

  /** A string that ends with NUL: a copy of its bytes. */
  stringAt(address: number): Buffer {
    return Buffer.from(this.bytes.subarray(address, this.bytes.indexOf(0, address)))
  }

  textAt(address: number): string {
    return this.stringAt(address).toString('utf8')
  }
}

/** A memory can end no later than this. */
export const largestHeap = most
