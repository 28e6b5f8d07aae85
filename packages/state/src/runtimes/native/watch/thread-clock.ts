/**
 * How long the thread that runs Lua has been running: its stacks may be read only where they stand still although
 * it runs, and not because the system lets it wait.
 */
import type { Pointer } from '../../c-api/api.ts'
import type { Koffi, NativeFunction } from '../koffi.ts'
import { loadLibc } from '../libc.ts'

/** Names the clock of the calling thread to other threads, where the system has such clocks. */
export function ownThreadClock(koffi: Koffi): number | undefined {
  if (process.platform !== 'linux') return undefined
  const libc = loadLibc(koffi)
  const room = koffi.alloc('int', 1)
  const self = libc.func('pthread_self', 'uintptr_t', [])
  const clockOf = libc.func('pthread_getcpuclockid', 'int', ['uintptr_t', 'intptr_t'])
  const failed = clockOf(self(), Number(koffi.address(room))) !== 0
  const [clock] = new Int32Array(koffi.view(room, 4))
  koffi.free(room)
  return failed ? undefined : clock
}

export class ThreadClock {
  readonly #clock: number
  readonly #gettime: NativeFunction
  readonly #room: Pointer
  readonly #time: BigInt64Array

  constructor(koffi: Koffi, clock: number) {
    this.#clock = clock
    this.#gettime = loadLibc(koffi).func('clock_gettime', 'int', ['int', 'intptr_t'])
    const room = koffi.alloc('int64_t', 2)
    this.#room = Number(koffi.address(room))
    this.#time = new BigInt64Array(koffi.view(room, 16))
  }

  /** In ms. */
  now(): number {
    this.#gettime(this.#clock, this.#room)
    const [seconds = 0n, nanoseconds = 0n] = this.#time
    return Number(seconds) * 1_000 + Number(nanoseconds) / 1e6
  }
}
