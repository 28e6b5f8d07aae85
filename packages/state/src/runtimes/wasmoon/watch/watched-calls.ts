/**
 * Memory that the thread of Lua and the watch thread share: which calls with a limit run, the outermost first. A call
 * costs the thread of Lua a few stores, and no look at the clock.
 */

export interface WatchedCall {
  /** The call that follows another has the next one. */
  readonly serial: number
  /** In ms. */
  readonly limit: number
}

/** States that call each other deeper than this are watched down to here. */
const most = 128

const at = { ready: 0, asleep: 1, running: 2, serials: 3 } as const
const limitsAt = 8 * Math.ceil((4 * (at.serials + most)) / 8)

export class WatchedCalls {
  readonly shared: SharedArrayBuffer
  readonly #ints: Int32Array
  readonly #limits: Float64Array
  /** Also counts calls that are too deep to be watched. */
  #depth = 0

  constructor(shared = new SharedArrayBuffer(limitsAt + 8 * most)) {
    this.shared = shared
    this.#ints = new Int32Array(shared, 0, at.serials + most)
    this.#limits = new Float64Array(shared, limitsAt)
  }

  /** Whether the watch thread has come so far that it looks after calls. */
  get watched(): boolean {
    return Atomics.load(this.#ints, at.ready) === 1
  }

  /** Calls nest: the last that began is the first that ends. */
  begin(limit: number): void {
    const index = this.#depth++
    if (index >= most) return
    const serial = at.serials + index
    this.#limits[index] = limit
    this.#ints[serial] = (this.#ints[serial] as number) + 1
    Atomics.store(this.#ints, at.running, index + 1)
    if (Atomics.load(this.#ints, at.asleep) === 1) this.#wake()
  }

  end(): void {
    const depth = --this.#depth
    if (depth < most) Atomics.store(this.#ints, at.running, depth)
  }

  /** For the watch thread, as everything below. */
  declareWatched(): void {
    Atomics.store(this.#ints, at.ready, 1)
  }

  running(): WatchedCall[] {
    return Array.from({ length: Atomics.load(this.#ints, at.running) }, (_, index) => ({
      serial: Atomics.load(this.#ints, at.serials + index),
      limit: this.#limits[index] as number,
    }))
  }

  /** Changes with every outermost call. */
  activity(): number {
    return Atomics.load(this.#ints, at.serials)
  }

  sleepUntilCall(): void {
    Atomics.store(this.#ints, at.asleep, 1)
    if (Atomics.load(this.#ints, at.running) === 0) Atomics.wait(this.#ints, at.asleep, 1)
    Atomics.store(this.#ints, at.asleep, 0)
  }

  #wake(): void {
    Atomics.store(this.#ints, at.asleep, 0)
    Atomics.notify(this.#ints, at.asleep)
  }
}
