/** Writes our hook into the threads of PUC Lua, from the one that JS entered last to the coroutine that runs. */
import { maskCount, type LuaPointer, type Pointer } from '../../c-api/api.ts'
import type { WatchedCall, WatchSide } from './board.ts'
import type { Koffi } from '../koffi.ts'
import { ThreadReader } from './thread-reader.ts'
import type { PucHookFields } from './watched-runtime.ts'

/** Coroutines that resume each other: Lua ends them at 200 levels. */
const deepest = 250
/** In ms, and in looks: Lua code may take the hook away at once. */
const pressFor = 0.2
const fewestLooks = 100
/** A loop that calls functions of C, which call some more. */
const mostCalls = 3
/** More than any `lua_State` has. */
const threadSize = 256

export class HookWriter {
  readonly #koffi: Koffi
  readonly #board: WatchSide
  readonly #hook: bigint
  readonly #fields: PucHookFields
  readonly #reader: ThreadReader

  constructor({ koffi, board }: { koffi: Koffi; board: WatchSide }, hook: Pointer, fields: PucHookFields) {
    this.#koffi = koffi
    this.#board = board
    this.#hook = BigInt(hook)
    this.#fields = fields
    this.#reader = new ThreadReader(koffi, fields.structures)
  }

  press({ thread }: WatchedCall, insist: boolean): void {
    let L = thread
    for (let depth = 0; depth < deepest; depth++) {
      const memory = new ThreadMemory(this.#koffi, L, this.#fields)
      this.#save(L, memory)
      if (insist && memory.allow()) this.#board.forgetHook(L)
      memory.set(this.#hook)
      const next = this.#reader.resumedBy(L)
      if (next === 0) return this.#holdDown(L, memory)
      L = next
    }
  }

  #save(thread: LuaPointer, memory: ThreadMemory): void {
    const saved = { thread, ...memory.hook() }
    if (BigInt(saved.hook) !== this.#hook) this.#board.save(saved)
  }

  #holdDown(L: LuaPointer, memory: ThreadMemory): void {
    const calls = new Set<Pointer>()
    const until = performance.now() + pressFor
    for (let looks = 0; looks < fewestLooks || performance.now() < until; looks++) {
      if (this.#board.isAwaited() || calls.size > mostCalls) return
      memory.set(this.#hook)
      calls.add(this.#reader.callOf(L))
    }
    const { trap } = this.#fields.structures
    if (trap === undefined) return
    for (const call of calls) if (this.#reader.runsLua(call)) this.#trap(call + trap, memory)
  }

  /** A function that runs already has to be told; if it finds no hook then, it does not look again. */
  #trap(address: Pointer, memory: ThreadMemory): void {
    const field = new Int32Array(this.#koffi.view(BigInt(address), 4))
    for (let time = 0; time < fewestLooks; time++) {
      memory.set(this.#hook)
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

  set(hook: bigint): void {
    Atomics.store(this.#longs, this.#fields.hook / 8, hook)
    for (const count of this.#fields.counts) Atomics.store(this.#ints, count / 4, 1)
    Atomics.store(this.#bytes, this.#fields.mask, maskCount)
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
