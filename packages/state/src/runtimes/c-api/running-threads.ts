/**
 * Which threads of a state run: the coroutine that does, and those that wait for one that they have resumed. Lua keeps
 * no list of them, but the function of C that resumes a coroutine has it as its argument (`resume`) or as its
 * upvalue (`wrap`); those that JS resumes are told of.
 */
import type { Api, LuaPointer, Pointer } from './api.ts'

export interface ThreadTools {
  readonly api: Pick<Api, 'tothread' | 'status' | 'getstack'>
  /** Whether a function of C is what runs in the thread. */
  readonly isInC: (L: LuaPointer) => boolean
  readonly firstUpvalue: number
  /** Room for a `lua_Debug`. */
  readonly room: Pointer
}

export class RunningThreads {
  readonly main: LuaPointer
  readonly #tools: ThreadTools
  /** By JS, the outermost first. */
  readonly #resumed: LuaPointer[] = []

  constructor(tools: ThreadTools, main: LuaPointer) {
    this.#tools = tools
    this.main = main
  }

  resumeBegins(thread: LuaPointer): void {
    this.#resumed.push(thread)
  }

  resumeEnds(): void {
    this.#resumed.pop()
  }

  /** The one that JS entered last. */
  entered(): LuaPointer {
    return this.#resumed.at(-1) ?? this.main
  }

  isInC(L: LuaPointer): boolean {
    return this.#tools.isInC(L)
  }

  all(): LuaPointer[] {
    return [this.main, ...this.#resumed].flatMap(first => this.#chainFrom(first))
  }

  /** Each once: what JS resumes may also be the argument of the function of C that called JS. */
  innermostFirst(): LuaPointer[] {
    return [...new Set(this.all().toReversed())]
  }

  last(): LuaPointer {
    return this.#chainFrom(this.entered()).at(-1) as LuaPointer
  }

  #chainFrom(first: LuaPointer): LuaPointer[] {
    const chain: LuaPointer[] = []
    for (let L = first; L !== 0 && !chain.includes(L); L = this.#resumedBy(L)) chain.push(L)
    return chain
  }

  #resumedBy(L: LuaPointer): LuaPointer {
    const { api, isInC, firstUpvalue, room } = this.#tools
    if (!isInC(L)) return 0
    for (const index of [1, firstUpvalue]) {
      const thread = api.tothread(L, index)
      if (thread !== 0 && api.status(thread) === 0 && api.getstack(thread, 0, room) !== 0) return thread
    }
    return 0
  }
}
