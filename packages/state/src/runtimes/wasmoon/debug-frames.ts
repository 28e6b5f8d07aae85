/**
 * Where Lua is, asked from outside of it: when there is no room left in which Lua could tell by itself, because its
 * stack or its memory is at its end.
 */
import type { Trace } from '../../machine/machine.ts'
import { chunkOf, type LuaFrame } from '../../stack.ts'
import { decodeUtf8 } from '../../values/strings.ts'
import { shimName } from '../c-api/shim/shim.ts'
import type { LuaPointer, Pointer } from '../c-api/api.ts'
import type { Engine } from './engine.ts'
import { debugLayout } from './layout.ts'

const most = 50

export class DebugFrames {
  readonly #engine: Engine
  /** A `lua_Debug`, and what is wanted of it. */
  readonly #debug: Pointer
  readonly #wanted: Pointer

  constructor(engine: Engine) {
    this.#engine = engine
    this.#debug = engine.allocate(debugLayout.size)
    this.#wanted = engine.allocateBytes(Buffer.from('Sln'))
  }

  /** Allocates nothing of Lua. */
  traceOf(L: LuaPointer): Trace {
    const frames: LuaFrame[] = []
    for (let level = 0; frames.length < most; level++) {
      const frame = this.#frameAt(L, level)
      if (frame === undefined) break
      if (frame.line > 0 && frame.source !== `=${shimName}`) frames.push(frame)
    }
    const lines = frames.map(({ name, source, line }) => `\n\t${chunkOf(source)}:${line}: in ${name}`)
    return { frames, traceback: `stack traceback:${lines.join('')}` }
  }

  #frameAt(L: LuaPointer, level: number): LuaFrame | undefined {
    const { linkable, heap } = this.#engine
    if (linkable.lua_getstack(L, level, this.#debug) === 0) return undefined
    linkable.lua_getinfo(L, this.#wanted, this.#debug)
    const field = (offset: number) => heap.view.getUint32(this.#debug + offset, true)
    const source = field(debugLayout.source)
    return {
      name: this.#name(field(debugLayout.name), field(debugLayout.what)),
      source: decodeUtf8(heap.bytes.subarray(source, source + field(debugLayout.sourceLength))),
      line: heap.view.getInt32(this.#debug + debugLayout.currentLine, true),
    }
  }

  #name(name: Pointer, what: Pointer): string {
    if (name !== 0) return this.#engine.heap.textAt(name)
    return this.#engine.heap.textAt(what) === 'main' ? 'main chunk' : 'function'
  }
}
