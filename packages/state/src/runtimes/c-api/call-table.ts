/**
 * The C functions through which Lua calls JS. One serves all: its upvalue is a number (as light userdata, the fastest to read), and the table says which callback that is,
 * of which state.
 *
 * No error of JS may leave it, and none of Lua may be raised in it: either would jump over frames that do not expect
 * it. A failure is told by two results, and the Lua function around it raises (see `shim.ts`).
 */
import type { Callback, Thread } from '../../machine/machine.ts'
import { threadOf, type Api, type LuaPointer } from './api.ts'

/** The state that a callback belongs to. */
export interface CallOwner {
  /** Pushes what tells the failure; gives the number of values. */
  fail(thread: Thread, thrown: unknown): number
  /** JS code begins and ends to run for Lua. */
  enterJs(): void
  leaveJs(): void
}

interface Entry {
  readonly callback: Callback
  readonly owner: CallOwner
}

export class CallTable {
  readonly #api: Api
  readonly #firstUpvalue: number
  readonly #entries: (Entry | undefined)[] = []
  readonly #free: number[] = []
  readonly #maxDepth: number
  #depth = 0

  constructor(api: Api, firstUpvalue: number, maxDepth: number) {
    this.#api = api
    this.#firstUpvalue = firstUpvalue
    this.#maxDepth = maxDepth
  }

  add(owner: CallOwner, callback: Callback): number {
    const id = this.#free.pop() ?? this.#entries.length
    this.#entries[id] = { callback, owner }
    return id
  }

  remove(id: number): void {
    this.#entries[id] = undefined
    this.#free.push(id)
  }

  callback(id: number): Callback | undefined {
    return this.#entries[id]?.callback
  }

  /** The body of the C function that serves all. Gives the number of results. */
  readonly run = (L: LuaPointer): number => this.runEntry(L, this.#api.touserdata(L, this.#firstUpvalue))

  /** The body of a C function that serves one number. */
  runEntry(L: LuaPointer, id: number): number {
    let owner: CallOwner | undefined
    this.#depth++
    try {
      const entry = this.#entries[id] as Entry
      owner = entry.owner
      owner.enterJs()
      if (this.#depth > this.#maxDepth) throw new RangeError('Maximum call stack size exceeded')
      return entry.callback(threadOf(L))
    } catch (error) {
      return owner === undefined ? 0 : owner.fail(threadOf(L), error)
    } finally {
      this.#depth--
      owner?.leaveJs()
    }
  }
}
