/** Memory of WebAssembly: JS sees all of it, so that nothing need be copied to be read. */
import { decodeUtf8 } from '../../values/strings.ts'
import type { Pointer } from '../c-api/api.ts'
import { layout, scratchSize, textRoom, type Memory } from '../c-api/memory.ts'
import type { Engine } from './engine.ts'

/**
 * How text is made fastest: of a few bytes by adding characters (more would be text that is put together only when
 * somebody looks at it), of some by Node if they are all ASCII, of many by looking for what is no UTF-8 natively.
 */
const shortText = 8
const mediumText = 128

/**
 * What is placed lies behind the room for short text: a chunk is read bit by bit, and a finalizer that JS serves
 * meanwhile may push some.
 */
const placedAt = layout.text + 64
const placedRoom = scratchSize - placedAt - 1

export class WasmMemory implements Memory {
  readonly scratch: Pointer
  readonly #engine: Engine
  #heap: Uint8Array
  #view: Uint8Array
  /** How many `place` are running: only the first may use the scratch area. */
  #placed = 0

  constructor(engine: Engine) {
    this.#engine = engine
    this.scratch = engine.allocate(scratchSize)
    this.#heap = engine.heap.bytes
    this.#view = this.#scratchOf(this.#heap)
  }

  view(): Uint8Array {
    const { bytes } = this.#engine.heap
    if (bytes !== this.#heap) {
      this.#heap = bytes
      this.#view = this.#scratchOf(bytes)
    }
    return this.#view
  }

  read(address: Pointer, length: number): Uint8Array {
    return this.#engine.heap.bytes.subarray(address, address + length)
  }

  textAt(address: Pointer, length: number): string {
    if (length > mediumText) return decodeUtf8(this.read(address, length))
    return length > shortText ? this.#mediumText(address, length) : this.#shortText(address, length)
  }

  place<T>(bytes: Uint8Array, body: (address: Pointer) => T): T {
    const fits = this.#placed === 0 && bytes.length <= placedRoom
    if (!fits) return this.#placeLong(bytes, body)
    this.#placed++
    try {
      const view = this.view()
      view.set(bytes, placedAt)
      view[placedAt + bytes.length] = 0
      return body(this.scratch + placedAt)
    } finally {
      this.#placed--
    }
  }

  keep(bytes: Uint8Array): Pointer {
    return this.#engine.allocateBytes(bytes)
  }

  #shortText(address: Pointer, length: number): string {
    const { bytes } = this.#engine.heap
    let text = ''
    for (let at = address; at < address + length; at++) {
      const byte = bytes[at] as number
      if (byte >= 0x80) return decodeUtf8(this.read(address, length))
      text += String.fromCharCode(byte)
    }
    return text
  }

  #mediumText(address: Pointer, length: number): string {
    const { bytes, buffer } = this.#engine.heap
    const end = address + length
    for (let at = address; at < end; at++) {
      if ((bytes[at] as number) >= 0x80) return decodeUtf8(this.read(address, length))
    }
    return buffer.toString('latin1', address, end)
  }

  /** Lua then makes a copy of its own, which must not fail: so there has to be room for two. */
  #placeLong<T>(bytes: Uint8Array, body: (address: Pointer) => T): T {
    const { exports } = this.#engine
    const address = this.#engine.allocateBytes(bytes)
    try {
      exports.free(this.#engine.allocate(bytes.length + textRoom))
      return body(address)
    } finally {
      exports.free(address)
    }
  }

  #scratchOf(heap: Uint8Array): Uint8Array {
    return heap.subarray(this.scratch, this.scratch + scratchSize)
  }
}
