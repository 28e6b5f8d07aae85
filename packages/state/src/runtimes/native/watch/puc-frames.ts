/** The frames of PUC Lua: a thread has a `CallInfo` for each function that is active, also for those of C. */
import type { LuaPointer, Pointer } from '../../c-api/api.ts'
import type { Koffi } from '../koffi.ts'
import type { WatchedCall } from './board.ts'
import { longestSource, mostFrames, stringHead, type FrameReader, type ReadFrame } from './read-frame.ts'
import type { SafeMemory } from './safe-memory.ts'
import { ThreadReader } from './thread-reader.ts'
import type { PucFrameFields } from './watched-runtime.ts'

/** Of functions of C too. */
const mostCalls = 250
/** The type of an object of the collector, behind the pointer to the next one. */
const typeAt = 8
const instructionSize = 4
/** Of one function: what is beyond was read wrongly. */
const mostInstructions = 1_000_000
const markSize = 8

export class PucFrames implements FrameReader {
  readonly #at: PucFrameFields
  readonly #threads: ThreadReader
  readonly #memory: SafeMemory

  constructor(koffi: Koffi, fields: PucFrameFields) {
    this.#at = fields
    this.#threads = new ThreadReader(koffi, fields.structures)
    this.#memory = this.#threads.memory
  }

  framesOf({ main, thread }: Pick<WatchedCall, 'main' | 'thread'>): ReadFrame[] {
    const chain = new Set([main, thread].flatMap(first => this.#threads.chainFrom(first)))
    return [...chain].toReversed().flatMap(L => this.#framesOfThread(L))
  }

  close(): void {
    this.#threads.close()
  }

  #framesOfThread(L: LuaPointer): ReadFrame[] {
    return this.#callsOf(L)
      .flatMap((call, index) => this.#frameOf(call, this.#nextOf(L, call, index)) ?? [])
      .slice(0, mostFrames)
  }

  /** Innermost first. */
  #callsOf(L: LuaPointer): Pointer[] {
    const { calls } = this.#at
    const found: Pointer[] = []
    const first = calls.kind === 'array' ? this.#memory.pointer(L + calls.first) : 0
    for (let call = this.#threads.callOf(L); call > first && found.length < mostCalls;) {
      found.push(call)
      call = calls.kind === 'array' ? call - calls.size : this.#memory.pointer(call + calls.caller)
    }
    return found
  }

  #nextOf(L: LuaPointer, call: Pointer, index: number): Pointer {
    const { calls, next } = this.#at
    return this.#memory.pointer(calls.kind === 'array' && index === 0 ? L + calls.running : call + next)
  }

  #frameOf(call: Pointer, next: Pointer): ReadFrame | undefined {
    const { prototype, prototypeType, code, source, firstLine } = this.#at
    const called = this.#threads.luaFunctionOf(call)
    const proto = this.#memory.pointer(called + prototype)
    if (called === 0 || this.#memory.byte(proto + typeAt) !== prototypeType) return undefined
    const instruction = (next - this.#memory.pointer(proto + code)) / instructionSize - 1
    const name = this.#memory.pointer(proto + source)
    const first = this.#memory.int(proto + firstLine)
    return {
      source: name === 0 ? '=?' : this.#memory.text(name + stringHead, longestSource),
      line: this.#lineOf(proto, instruction, first) || first,
      isMainChunk: first === 0,
    }
  }

  /** https://www.lua.org/source/5.4/ldebug.c.html#luaG_getfuncline */
  #lineOf(proto: Pointer, instruction: number, firstLine: number): number {
    const { lines } = this.#at
    const at = this.#memory.pointer(proto + lines.at)
    if (at === 0 || !(instruction >= 0 && instruction < mostInstructions)) return 0
    if (lines.kind === 'whole') return this.#memory.int(at + 4 * instruction)
    const mark = this.#markBefore(proto, instruction, lines)
    let line = mark === undefined ? firstLine : mark.line
    for (let index = (mark?.instruction ?? -1) + 1; index <= instruction; index++) {
      line += ((this.#memory.byte(at + index) ?? 0) << 24) >> 24
    }
    return line
  }

  /** There is one after at most 128 instructions. */
  #markBefore(
    proto: Pointer,
    instruction: number,
    { marks, markCount }: { marks: number; markCount: number },
  ): { instruction: number; line: number } | undefined {
    const first = this.#memory.pointer(proto + marks)
    const count = this.#memory.int(proto + markCount)
    for (let index = Math.min(count - 1, instruction); index >= 0; index--) {
      const at = first + index * markSize
      const marked = this.#memory.int(at)
      if (marked <= instruction) return { instruction: marked, line: this.#memory.int(at + 4) }
    }
    return undefined
  }
}
