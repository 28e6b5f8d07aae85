/**
 * Where Lua is, asked from outside of it: when there is no room left in which Lua could tell by itself, because its
 * stack or its memory is at its end.
 */
import type { Trace } from '../../machine/machine.ts'
import { chunkOf, type LuaFrame } from '../../stack.ts'
import { decodeUtf8, encodeUtf8 } from '../../values/strings.ts'
import type { Api, LuaPointer, Pointer } from '../c-api/api.ts'
import { layout, type Memory } from '../c-api/memory.ts'
import { shimName } from '../c-api/shim/shim.ts'
import type { NativeFunction } from './koffi.ts'
import { loadLibc } from './libc.ts'
import type { LibraryParts } from './library-parts.ts'

const most = 50
/** Of a `lua_Debug`, with pointers of 8 bytes: 5.4 has the length of the source before the line. */
const fields = { name: 8, what: 24, source: 32, line: 40, lineSince54: 48 } as const
const cFunction = 'C'

export class DebugFrames {
  readonly #api: Api
  readonly #memory: Memory
  readonly #debug: DataView
  readonly #room: Pointer
  readonly #wanted: Pointer
  readonly #lineAt: number
  readonly #getinfo: NativeFunction
  readonly #strlen: NativeFunction

  constructor({ koffi, library, api, dialect, memory }: LibraryParts) {
    this.#api = api
    this.#memory = memory
    this.#room = memory.scratch + layout.debug
    const scratch = memory.view()
    this.#debug = new DataView(scratch.buffer, scratch.byteOffset + layout.debug, layout.text - layout.debug)
    this.#wanted = memory.keep(encodeUtf8('Sln\0'))
    this.#lineAt = dialect.version === '5.4' ? fields.lineSince54 : fields.line
    this.#getinfo = library.func('lua_getinfo', 'int', ['intptr_t', 'intptr_t', 'intptr_t'])
    this.#strlen = loadLibc(koffi).func('strlen', 'size_t', ['intptr_t'])
  }

  /** Allocates nothing of Lua, and leaves its stack as it is. */
  traceOf(L: LuaPointer): Trace {
    const frames: LuaFrame[] = []
    for (let level = 0; frames.length < most && this.#fill(L, level); level++) {
      const frame = this.#frame()
      if (frame.line > 0 && frame.source !== `=${shimName}`) frames.push(frame)
    }
    const lines = frames.map(({ name, source, line }) => `\n\t${chunkOf(source)}:${line}: in ${name}`)
    return { frames, traceback: `stack traceback:${lines.join('')}` }
  }

  /** Whether a function of C is what runs in the thread. */
  isInC(L: LuaPointer): boolean {
    return this.#fill(L, 0) && this.#text(fields.what) === cFunction
  }

  #fill(L: LuaPointer, level: number): boolean {
    return this.#api.getstack(L, level, this.#room) !== 0 && this.#getinfo(L, this.#wanted, this.#room) !== 0
  }

  #frame(): LuaFrame {
    const line = this.#debug.getInt32(this.#lineAt, true)
    return { name: this.#name(), source: this.#text(fields.source), line }
  }

  #name(): string {
    return this.#text(fields.name) || (this.#text(fields.what) === 'main' ? 'main chunk' : 'function')
  }

  #text(field: number): string {
    const address = Number(this.#debug.getBigUint64(field, true))
    if (address === 0) return ''
    return decodeUtf8(this.#memory.read(address, Number(this.#strlen(address))))
  }
}
