/**
 * Memory that the thread that runs Lua and the watch thread share: the calls that have a limit, the outermost first,
 * and the hooks that the watch thread has displaced.
 *
 * The one writes that a call is over and then looks whether the other is `pressing`; the other writes that it is
 * pressing and then looks whether the call still runs. So either the one waits, or the other leaves it alone.
 */
import type { Pointer } from '../../c-api/api.ts'

/** One outermost call into a state, with a limit. */
export interface WatchedCall {
  /** In ms. */
  readonly limit: number
  /** The number of the runtime, as it was told to the watch thread. */
  readonly runtime: number
  readonly main: Pointer
  /** The thread of Lua that JS entered last. */
  readonly thread: Pointer
}

/** A hook that was there before ours. */
export interface SavedHook {
  readonly thread: Pointer
  readonly hook: Pointer
  readonly mask: number
  readonly count: number
}

/** States that call each other deeper than this are watched down to here. */
const maxCalls = 128
const maxSaved = 256

/** Where things lie: whole numbers first. */
const at = {
  asleep: 0,
  calls: 1,
  pressing: 2,
  awaited: 3,
  answering: 4,
  saved: 5,
  returns: 6,
  serials: 7,
} as const
const numbersAt = 8 * Math.ceil((4 * (at.serials + maxCalls)) / 8)
const callSize = 4
const savedSize = 4
const savedAt = callSize * maxCalls
const size = numbersAt + 8 * (savedAt + savedSize * maxSaved)

class Areas {
  readonly shared: SharedArrayBuffer
  protected readonly ints: Int32Array
  protected readonly numbers: Float64Array

  constructor(shared: SharedArrayBuffer) {
    this.shared = shared
    this.ints = new Int32Array(shared, 0, at.serials + maxCalls)
    this.numbers = new Float64Array(shared, numbersAt)
  }

  protected savedCount(): number {
    return Atomics.load(this.ints, at.saved)
  }

  protected savedHooks(): SavedHook[] {
    return Array.from({ length: this.savedCount() }, (_, index) => {
      const [thread = 0, hook = 0, mask = 0, count = 0] = this.numbers.slice(savedAt + index * savedSize)
      return { thread, hook, mask, count }
    })
  }
}

/** The side that runs Lua. Calls nest: the last that began is the first that ends. */
export class CallsSide extends Areas {
  /** Also counts calls that are too deep to be watched. */
  #depth = 0

  constructor() {
    super(new SharedArrayBuffer(size))
  }

  begin(limit: number, runtime: number, main: Pointer): void {
    const index = this.#depth++
    if (index >= maxCalls) return
    const { ints, numbers } = this
    const start = index * callSize
    numbers[start] = limit
    numbers[start + 1] = runtime
    numbers[start + 2] = main
    numbers[start + 3] = main
    ints[at.serials + index] = (ints[at.serials + index] as number) + 1
    Atomics.store(ints, at.calls, index + 1)
    if (Atomics.load(ints, at.asleep) === 1) this.#wake()
  }

  /** JS enters this thread of Lua, in the innermost call. */
  enter(thread: Pointer): void {
    const index = this.#depth - 1
    if (index >= 0 && index < maxCalls) this.numbers[index * callSize + 3] = thread
  }

  /** JS has left a thread of Lua for this one: the other may be collected, so the watch thread must not be at it. */
  backTo(thread: Pointer): void {
    this.enter(thread)
    // Written before it is looked whether somebody is pressing: only an atomic one is.
    Atomics.add(this.ints, at.returns, 1)
    this.settle()
  }

  /** From now on the watch thread leaves the innermost call alone. Says whether it has displaced any hooks. */
  end(): boolean {
    const depth = --this.#depth
    if (depth < maxCalls) Atomics.store(this.ints, at.calls, depth)
    this.settle()
    return this.savedCount() > 0
  }

  /** Waits the microseconds for which the watch thread may be at work. */
  settle(): void {
    if (Atomics.load(this.ints, at.pressing) === 0) return
    Atomics.store(this.ints, at.awaited, 1)
    while (Atomics.load(this.ints, at.pressing) !== 0);
    Atomics.store(this.ints, at.awaited, 0)
  }

  /** While our hook runs, the watch thread does nothing. */
  answer(body: () => void): void {
    Atomics.store(this.ints, at.answering, 1)
    try {
      this.settle()
      body()
    } finally {
      Atomics.store(this.ints, at.answering, 0)
    }
  }

  displaced(thread: Pointer): SavedHook | undefined {
    return this.savedHooks().find(saved => saved.thread === thread)
  }

  /** While no call runs. */
  forget(): void {
    if (this.#depth === 0) Atomics.store(this.ints, at.saved, 0)
  }

  #wake(): void {
    Atomics.store(this.ints, at.asleep, 0)
    Atomics.notify(this.ints, at.asleep)
  }
}

/** The side of the watch thread. */
export class WatchSide extends Areas {
  /** One for each call that runs. The call that follows another has the next serial. */
  serials(): Int32Array {
    return this.ints.subarray(at.serials, at.serials + Atomics.load(this.ints, at.calls))
  }

  /** Changes with every outermost call. */
  activity(): number {
    return this.ints[at.serials] as number
  }

  call(index: number): WatchedCall {
    const [limit = 0, runtime = 0, main = 0, thread = 0] = this.numbers.slice(index * callSize)
    return { limit, runtime, main, thread }
  }

  /** Runs `body` if the call still runs, and then it can't end meanwhile. */
  press(index: number, serial: number, body: (call: WatchedCall) => void): void {
    Atomics.store(this.ints, at.pressing, 1)
    try {
      const answering = Atomics.load(this.ints, at.answering) !== 0
      if (!answering && this.serials()[index] === serial) body(this.call(index))
    } finally {
      Atomics.store(this.ints, at.pressing, 0)
    }
  }

  /** Whether the other side waits for the end of `press`. */
  isAwaited(): boolean {
    return Atomics.load(this.ints, at.awaited) !== 0
  }

  save({ thread, hook, mask, count }: SavedHook): void {
    const known = this.savedHooks().findIndex(saved => saved.thread === thread)
    const index = known === -1 ? this.savedCount() : known
    if (index >= maxSaved) return
    this.numbers.set([thread, hook, mask, count], savedAt + index * savedSize)
    if (known === -1) Atomics.add(this.ints, at.saved, 1)
  }

  /** A hook that runs for ever is not set again. */
  forgetHook(thread: Pointer): void {
    this.save({ thread, hook: 0, mask: 0, count: 0 })
  }

  sleep(ms: number): void {
    Atomics.wait(this.ints, at.pressing, 0, ms)
  }

  sleepUntilCall(): void {
    Atomics.store(this.ints, at.asleep, 1)
    if (Atomics.load(this.ints, at.calls) === 0) Atomics.wait(this.ints, at.asleep, 1)
    Atomics.store(this.ints, at.asleep, 0)
  }
}
