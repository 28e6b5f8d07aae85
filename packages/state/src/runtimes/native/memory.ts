/** Memory of the process: a scratch area that JS sees as an ArrayBuffer, the rest through `memcpy`. */
import { decodeUtf8 } from '../../values/strings.ts'
import { layout, scratchSize, type Memory } from '../c-api/memory.ts'
import type { Pointer } from '../c-api/api.ts'
import type { Koffi, NativeFunction } from './koffi.ts'
import { loadLibc } from './libc.ts'

/**
 * What is read and what is placed lie apart from short text: a chunk is read bit by bit, and a finalizer that JS
 * serves meanwhile may push and read some.
 */
const readAt = layout.text + 64
const placedAt = scratchSize / 2
const readRoom = placedAt - readAt
const placedRoom = scratchSize - placedAt - 1

interface Area {
  readonly address: Pointer
  readonly bytes: Uint8Array
  readonly free: () => void
}

export class NativeMemory implements Memory {
  readonly scratch: Pointer
  readonly #koffi: Koffi
  readonly #copy: NativeFunction
  readonly #area: Area
  readonly #kept: Area[] = []
  /** How many `place` are running: only the first may use the scratch area. */
  #placed = 0

  constructor(koffi: Koffi) {
    this.#koffi = koffi
    this.#copy = loadLibc(koffi).func('memcpy', 'intptr_t', ['intptr_t', 'intptr_t', 'size_t'])
    this.#area = this.#allocate(scratchSize)
    this.scratch = this.#area.address
  }

  view(): Uint8Array {
    return this.#area.bytes
  }

  read(address: Pointer, length: number): Uint8Array {
    if (length > readRoom) return this.#readLong(address, length)
    this.#copy(this.scratch + readAt, address, length)
    return this.#area.bytes.subarray(readAt, readAt + length)
  }

  textAt(address: Pointer, length: number): string {
    return decodeUtf8(this.read(address, length))
  }

  place<T>(bytes: Uint8Array, body: (address: Pointer) => T): T {
    const fits = this.#placed === 0 && bytes.length <= placedRoom
    if (!fits) return this.#placeLong(bytes, body)
    this.#placed++
    try {
      this.#area.bytes.set(bytes, placedAt)
      this.#area.bytes[placedAt + bytes.length] = 0
      return body(this.scratch + placedAt)
    } finally {
      this.#placed--
    }
  }

  keep(bytes: Uint8Array): Pointer {
    const area = this.#allocate(bytes.length)
    area.bytes.set(bytes)
    this.#kept.push(area)
    return area.address
  }

  #readLong(address: Pointer, length: number): Uint8Array {
    const area = this.#allocate(length)
    this.#copy(area.address, address, length)
    const bytes = Uint8Array.from(area.bytes)
    area.free()
    return bytes
  }

  #placeLong<T>(bytes: Uint8Array, body: (address: Pointer) => T): T {
    const area = this.#allocate(bytes.length + 1)
    try {
      area.bytes.set(bytes)
      area.bytes[bytes.length] = 0
      return body(area.address)
    } finally {
      area.free()
    }
  }

  #allocate(size: number): Area {
    const block = this.#koffi.alloc('uint8_t', size)
    return {
      address: Number(this.#koffi.address(block)),
      bytes: new Uint8Array(this.#koffi.view(block, size)),
      free: () => this.#koffi.free(block),
    }
  }
}
