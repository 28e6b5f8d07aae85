/**
 * Reads from the watch thread what runs in a thread of Lua, while it runs: by functions that only read, and of what
 * stands still only, for what has returned may be freed.
 */
import type { LuaPointer, Pointer } from '../../c-api/api.ts'
import type { Koffi, NativeFunction } from '../koffi.ts'
import type { WatchSide } from './board.ts'
import type { ThreadClock } from './thread-clock.ts'
import { watchFunctions, type WatchedRuntime, type WatchFunction } from './watched-runtime.ts'

export interface WatchTools {
  readonly koffi: Koffi
  readonly board: WatchSide
  /** Of the thread that runs Lua. */
  readonly clock: ThreadClock | undefined
}

/** A function that runs: the address of its `CallInfo`, or its number in 5.1. */
type Frame = bigint

/** A loop that calls functions of C, which call some more. */
const mostFrames = 3
/** In ms that the thread which runs Lua must have run; without its clock, longer than it is kept waiting. */
const lookFor = 0.2
const lookForLong = 20
/** The first may take long, because the code of this is new. */
const fewestLooks = 100
/** In ms: a thread that waits for something is not looked at for ever. */
const longestLook = 50
const debugSize = 256

export class StackReader {
  readonly functions: Record<WatchFunction, NativeFunction>
  readonly #board: WatchSide
  readonly #clock: Pick<ThreadClock, 'now'>
  readonly #lookFor: number
  readonly #firstUpvalue: number
  readonly #debug: Pointer
  readonly #debugWords: BigUint64Array

  constructor({ koffi, board, clock }: WatchTools, runtime: WatchedRuntime) {
    this.functions = functionsAt(koffi, runtime)
    this.#board = board
    this.#clock = clock ?? performance
    this.#lookFor = clock === undefined ? lookForLong : lookFor
    this.#firstUpvalue = runtime.firstUpvalue
    const debug = koffi.alloc('uint8_t', debugSize)
    this.#debug = Number(koffi.address(debug))
    this.#debugWords = new BigUint64Array(koffi.view(debug, debugSize))
  }

  /**
   * How many functions run in the thread while this looks, `meanwhile` again and again: one in a loop that stands
   * still, a few in one that calls functions of C. 0 where nothing can be said.
   */
  countRunning(L: LuaPointer, meanwhile: () => void): number {
    const frames = new Set<Frame>()
    const [until, latest] = [this.#clock.now() + this.#lookFor, performance.now() + longestLook]
    for (let looks = 0; frames.size <= mostFrames && !this.#board.isAwaited(); looks++) {
      meanwhile()
      frames.add(this.#frame(L))
      if (looks > fewestLooks && this.#clock.now() > until) return frames.size
      if (performance.now() > latest) break
    }
    return 0
  }

  /** The coroutine that the function which runs resumes: the argument of `resume`, or the upvalue of `wrap`. */
  resumedBy(L: LuaPointer): LuaPointer {
    if (this.#frame(L) === 0n) return 0
    const { lua_tothread, lua_status } = this.functions
    for (const index of [1, this.#firstUpvalue]) {
      const thread = Number(lua_tothread(L, index))
      if (thread !== 0 && lua_status(thread) === 0 && this.#frame(thread) !== 0n) return thread
    }
    return 0
  }

  /** The innermost. `lua_getstack` writes one field, and for this level it reads no function that may return. */
  #frame(L: LuaPointer): Frame {
    this.#debugWords.fill(0n)
    this.functions.lua_getstack(L, 0, this.#debug)
    return this.#debugWords.find(word => word !== 0n) ?? 0n
  }
}

function functionsAt(koffi: Koffi, { functions }: WatchedRuntime): Record<WatchFunction, NativeFunction> {
  const typed = Object.entries(watchFunctions).map(([name, [result, ...args]]) => {
    const address = BigInt(functions[name as WatchFunction])
    return [name, koffi.decode(address, koffi.proto(result, args))]
  })
  return Object.fromEntries(typed) as Record<WatchFunction, NativeFunction>
}
