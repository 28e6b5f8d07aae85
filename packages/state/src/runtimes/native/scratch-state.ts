/** A bare state in which the fields of hooks are looked for, and the bytes of Lua's structures as they are found. */
import { maskCount, type Api, type LuaPointer, type Pointer } from '../c-api/api.ts'
import type { Memory } from '../c-api/memory.ts'
import { encodeUtf8 } from '../../values/strings.ts'
import type { Hooks } from './hooks.ts'
import type { Koffi } from './koffi.ts'
import { ThreadReader } from './watch/thread-reader.ts'
import type { Structures } from './watch/watched-runtime.ts'

export interface ScratchTools {
  readonly koffi: Koffi
  readonly api: Api
  readonly memory: Memory
  readonly hooks: Hooks
  newState(): LuaPointer
}

const name = encodeUtf8('=(scratch)\0')

export class ScratchState {
  readonly main: LuaPointer
  readonly #tools: ScratchTools

  constructor(tools: ScratchTools) {
    this.#tools = tools
    this.main = tools.newState()
    tools.api.openlibs(this.main)
  }

  close(): void {
    this.#tools.api.close(this.main)
  }

  /** A copy of what lies there. */
  bytesAt(address: Pointer, size: number): Buffer {
    return Buffer.from(new Uint8Array(this.#tools.koffi.view(BigInt(address), size)).slice().buffer)
  }

  readerOf(structures: Structures): ThreadReader {
    return new ThreadReader(this.#tools.koffi, structures)
  }

  write(address: Pointer, type: string, value: number): void {
    this.#tools.koffi.encode(BigInt(address), type, value)
  }

  setHook(L: LuaPointer, hook: Pointer, mask: number, count: number): void {
    this.#tools.api.sethook(L, hook, mask, count)
  }

  /** Runs the chunk in the main thread. */
  run(chunk: string): void {
    this.#load(this.main, chunk)
    this.#tools.api.pcall(this.main, 0, 0, 0)
    this.#tools.api.settop(this.main, 0)
  }

  /** How often our hook is called while `body` runs; each time it runs `inHook`. */
  countHooks(body: (hook: Pointer) => void, inHook?: (L: LuaPointer) => void): number {
    const { hooks } = this.#tools
    let calls = 0
    hooks.add(this.main, L => {
      calls++
      inHook?.(L)
    })
    body(hooks.address)
    hooks.remove(this.main)
    return calls
  }

  /** The same for a chunk that runs with our hook at each instruction. */
  runHooked(chunk: string, inHook?: (L: LuaPointer) => void): number {
    return this.countHooks(hook => {
      this.setHook(this.main, hook, maskCount, 1)
      this.run(chunk)
      this.setHook(this.main, 0, 0, 0)
    }, inHook)
  }

  /** A coroutine that has yielded in the chunk. It lies on the stack. */
  suspended(chunk: string): LuaPointer {
    const { api } = this.#tools
    const coroutine = api.newthread(this.main)
    this.#load(coroutine, chunk)
    api.resume(coroutine, this.main, 0)
    return coroutine
  }

  resume(coroutine: LuaPointer): void {
    this.#tools.api.resume(coroutine, this.main, 0)
    this.#tools.api.settop(this.main, 0)
  }

  #load(L: LuaPointer, chunk: string): void {
    const { api, memory } = this.#tools
    const source = encodeUtf8(chunk)
    memory.place(source, at => memory.place(name, named => api.loadbuffer(L, at, source.length, named)))
  }
}

/** Every place of a number of so many bytes. */
export function placesOf(bytes: Buffer, value: number, size: 4 | 8): number[] {
  const places: number[] = []
  for (let at = 0; at + size <= bytes.length; at += 4) {
    const found = size === 4 ? bytes.readUInt32LE(at) : Number(bytes.readBigUInt64LE(at))
    if (found === value) places.push(at)
  }
  return places
}

/** Every byte that is `before` in the one and `after` in the other. */
export function changed(from: Buffer, to: Buffer, before: number, after: number): number[] {
  return [...from.keys()].filter(at => from[at] === before && to[at] === after)
}
