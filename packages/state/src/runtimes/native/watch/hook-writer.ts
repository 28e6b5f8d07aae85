/** Writes our hook into the threads of PUC Lua, from the one that JS entered last to the coroutine that runs. */
import { maskCount, type LuaPointer, type Pointer } from '../../c-api/api.ts'
import type { WatchedCall, WatchSide } from './board.ts'
import type { Koffi } from '../koffi.ts'
import { heldDown } from './held-down.ts'
import { ThreadReader } from './thread-reader.ts'
import { patience, type Presser, type WatchTools } from './presser.ts'
import type { PucHookFields, WatchedRuntime } from './watched-runtime.ts'

/** Coroutines that resume each other: Lua ends them at 200 levels. */
const deepest = 250
/** In writes: a function that runs looks for hooks a moment later. */
const trapFor = 100
/** A loop that calls functions of C, which call some more. */
const mostCalls = 3
/** More than any `lua_State` has. */
const threadSize = 256

/** The thread of Lua that runs. */
interface Innermost {
  readonly L: LuaPointer
  readonly memory: ThreadMemory
  readonly runs: () => boolean
  readonly before: number
}

export class HookWriter implements Presser {
  readonly #koffi: Koffi
  readonly #board: WatchSide
  readonly #hook: bigint
  readonly #raise: bigint
  readonly #fields: PucHookFields
  readonly #reader: ThreadReader

  constructor({ koffi, board }: WatchTools, { hook, raise }: WatchedRuntime, fields: PucHookFields) {
    this.#koffi = koffi
    this.#board = board
    this.#hook = BigInt(hook)
    this.#raise = BigInt(raise)
    this.#fields = fields
    this.#reader = new ThreadReader(koffi, fields.structures)
  }

  press({ thread }: WatchedCall, before: number): void {
    let [L, resumer] = [thread, 0]
    for (let depth = 0; depth < deepest; depth++) {
      const memory = new ThreadMemory(this.#koffi, L, this.#fields)
      this.#begin(L, memory, before)
      const next = this.#reader.resumedBy(L)
      const runs = () => resumer === 0 || this.#reader.resumedBy(resumer) === L
      if (next === 0) return this.#holdDown({ L, memory, runs, before })
      resumer = L
      L = next
    }
  }

  #begin(thread: LuaPointer, memory: ThreadMemory, before: number): void {
    const saved = { thread, ...memory.hook() }
    const [hook, raises] = [BigInt(saved.hook), BigInt(saved.hook) === this.#raise]
    if (hook !== this.#hook && !raises) this.#board.save(saved)
    // A hook that runs for ever is not set again.
    if (before >= patience && memory.allow() && !raises) this.#board.forgetHook(thread)
    memory.set(this.#hook, this.#raise)
  }

  /** What no longer runs may be collected, and its memory be used for something else: that must not be written to. */
  #holdDown({ L, memory, runs, before }: Innermost): void {
    const calls = new Set<Pointer>()
    for (const _ of heldDown(this.#board)) {
      if (!runs()) return
      memory.set(this.#hook, this.#raise)
      if (before >= patience) memory.allow()
      if (calls.size <= mostCalls) calls.add(this.#reader.callOf(L))
      else if (before === 0) return
    }
    const { trap } = this.#fields.structures
    if (trap === undefined || this.#board.isAwaited() || !runs()) return
    for (const call of calls) if (this.#reader.runsLua(call)) this.#trap(call + trap, memory)
  }

  /** A function that runs already has to be told; if it finds no hook then, it does not look again. */
  #trap(address: Pointer, memory: ThreadMemory): void {
    const field = new Int32Array(this.#koffi.view(BigInt(address), 4))
    for (let time = 0; time < trapFor; time++) {
      memory.set(this.#hook, this.#raise)
      field[0] = 1
    }
  }
}

/** The fields of one thread. Aligned ones are written by one instruction each. */
class ThreadMemory {
  readonly #fields: PucHookFields
  readonly #bytes: Uint8Array
  readonly #ints: Int32Array
  readonly #longs: BigInt64Array

  constructor(koffi: Koffi, L: LuaPointer, fields: PucHookFields) {
    const memory = koffi.view(BigInt(L), threadSize)
    this.#fields = fields
    this.#bytes = new Uint8Array(memory)
    this.#ints = new Int32Array(memory)
    this.#longs = new BigInt64Array(memory)
  }

  /**
   * Leaves a hook that is `unless`. Events that had a hook have it still: 5.2 and 5.3 read beyond a function's lines when
   * `line` goes away while a hook runs, as they note where the caller was only where it is wanted.
   * https://www.lua.org/source/5.3/ldebug.c.html#luaG_traceexec (oldpc)
   */
  set(hook: bigint, unless: bigint): void {
    if (Atomics.load(this.#longs, this.#fields.hook / 8) !== unless)
      Atomics.store(this.#longs, this.#fields.hook / 8, hook)
    for (const count of this.#fields.counts) Atomics.store(this.#ints, count / 4, 1)
    Atomics.or(this.#bytes, this.#fields.mask, maskCount)
  }

  hook(): { hook: Pointer; mask: number; count: number } {
    const { hook, mask, counts } = this.#fields
    return {
      hook: Number(this.#longs[hook / 8]),
      mask: this.#bytes[mask] as number,
      count: this.#ints[counts[0] / 4] as number,
    }
  }

  /** Says whether hooks had been switched off. */
  allow(): boolean {
    return Atomics.exchange(this.#bytes, this.#fields.allow, 1) === 0
  }
}
