/** Lines of LuaJIT's functions: what the watch thread reads of a function and its prototype. */
import type { Pointer } from '../../c-api/api.ts'
import { longestSource, stringHead, type ReadFrame } from './read-frame.ts'
import type { SafeMemory } from './safe-memory.ts'

/** In a function: 0 for one of Lua, and its first instruction, which lies behind the prototype. */
const func = { kind: 10, code: 32 } as const
const prototype = { count: 12, source: 64, firstLine: 72, lineCount: 76, lines: 80, size: 104 } as const
const prototypeType = 7
/** Of objects of the collector. */
const typeAt = 9
const functionType = 8
/** `JFORI`, `JFORL`, `JITERL`, `JLOOP` of 2.1: the head of a loop that is compiled; they have its number in their upper half. */
const compiledLoops = new Set([78, 81, 84, 87])
const mostInstructions = 100_000

export class JitPrototypes {
  readonly #memory: SafeMemory

  constructor(memory: SafeMemory) {
    this.#memory = memory
  }

  /** Without `next`, the instruction behind the one that runs, the line where the function begins. */
  frame(called: Pointer, next: Pointer): ReadFrame | undefined {
    const proto = this.#prototypeOf(called)
    if (proto === 0) return undefined
    const instruction = (next - proto - prototype.size) / 4 - 1
    return this.#frameAt(proto, instruction)
  }

  /** At the loop that the compiled code of this number belongs to, or at the first that is compiled. */
  compiledFrame(called: Pointer, trace: number): ReadFrame | undefined {
    const proto = this.#prototypeOf(called)
    if (proto === 0) return undefined
    const loops = this.#compiledLoops(proto)
    return this.#frameAt(proto, (loops.find(loop => loop.trace === trace) ?? loops[0])?.instruction ?? -1)
  }

  #compiledLoops(proto: Pointer): { instruction: number; trace: number }[] {
    const count = Math.min(this.#memory.int(proto + prototype.count), mostInstructions)
    return Array.from({ length: Math.max(count, 0) }, (_, instruction) => {
      const code = this.#memory.int(proto + prototype.size + 4 * instruction)
      return { instruction, operation: code & 0xff, trace: code >>> 16 }
    }).filter(({ operation }) => compiledLoops.has(operation))
  }

  /** Of a function of Lua, or 0. */
  #prototypeOf(called: Pointer): Pointer {
    if (this.#memory.byte(called + typeAt) !== functionType) return 0
    if (this.#memory.byte(called + func.kind) !== 0) return 0
    const proto = this.#memory.pointer(called + func.code) - prototype.size
    return this.#memory.byte(proto + typeAt) === prototypeType ? proto : 0
  }

  #frameAt(proto: Pointer, instruction: number): ReadFrame {
    const name = this.#memory.pointer(proto + prototype.source)
    const first = this.#memory.int(proto + prototype.firstLine)
    return {
      source: this.#memory.text(name + stringHead, longestSource),
      line: this.#lineOf(proto, instruction) || first,
      isMainChunk: first === 0,
    }
  }

  /** https://github.com/LuaJIT/LuaJIT/blob/v2.1/src/lj_debug.c, `lj_debug_line` */
  #lineOf(proto: Pointer, instruction: number): number {
    const count = this.#memory.int(proto + prototype.count)
    const lines = this.#memory.pointer(proto + prototype.lines)
    if (lines === 0 || !(instruction > 0 && instruction < count)) return 0
    const [lineCount, index] = [this.#memory.int(proto + prototype.lineCount), instruction - 1]
    const first = this.#memory.int(proto + prototype.firstLine)
    if (lineCount < 256) return first + (this.#memory.byte(lines + index) ?? 0)
    if (lineCount < 65_536) return first + (this.#memory.read(lines + 2 * index, 2)?.getUint16(0, true) ?? 0)
    return first + this.#memory.int(lines + 4 * index)
  }
}
