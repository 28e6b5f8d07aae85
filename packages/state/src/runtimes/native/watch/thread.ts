/**
 * The watch thread of a process: ends calls into Lua that are over their limit, and tells of those that it can't end.
 *
 * It looks every few ms which calls there are: a call costs the thread that runs Lua a few stores into memory, and
 * not even a look at the clock. While no call comes it sleeps.
 */
import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads'
import { loadKoffi } from '../koffi.ts'
import { loadLibc } from '../libc.ts'
import { WatchSide } from './board.ts'
import { stuckAfter } from '../../../stuck-calls.ts'
import { frameReader } from './frame-reader.ts'
import { presserFor } from './press.ts'
import type { Presser, WatchTools } from './presser.ts'
import { tellStuckCall, type StuckCalls } from './stuck-call.ts'
import type { WatchedRuntime, WatchMessage } from './watched-runtime.ts'

/** In ms, between two looks. */
const step = 10
/** In ms without a call, after which it sleeps. */
const patience = 1_000
/** In ms, a step so much longer than it should be was not slow: the process was stopped, and that time does not count. */
const stopped = 1_000

interface Seen {
  readonly serial: number
  readonly since: number
  /** How often. */
  pressed: number
  told: boolean
}

class WatchThread {
  readonly #tools: WatchTools
  readonly #board: WatchSide
  readonly #pressers = new Map<number, Presser>()
  readonly #stuckCalls = new Map<number, StuckCalls>()
  /** The descriptor to which they are told. */
  #tellTo: number | undefined
  #seen: Seen[] = []
  /** In ms, since the beginning, without the time in which the process was stopped. */
  #time = 0
  #lastLook = performance.now()

  constructor(tools: WatchTools) {
    this.#tools = tools
    this.#board = tools.board
  }

  run(port: MessagePort): never {
    let activity = this.#board.activity()
    let activeAt = this.#time
    for (;;) {
      this.#listen(port)
      this.#look()
      if (this.#board.activity() !== activity || this.#seen.length > 0) activeAt = this.#time
      activity = this.#board.activity()
      if (this.#time - activeAt > patience) this.#board.sleepUntilCall()
      else this.#board.sleep(step)
      this.#advance()
    }
  }

  #advance(): void {
    const now = performance.now()
    const passed = now - this.#lastLook
    this.#lastLook = now
    this.#time += passed > stopped ? step : passed
  }

  #listen(port: MessagePort): void {
    let told = receiveMessageOnPort(port)
    for (; told !== undefined; told = receiveMessageOnPort(port)) {
      const message = told.message as WatchMessage
      if (message.kind === 'runtime') this.#learn(message.runtime)
      else this.#tellTo = message.descriptor
    }
  }

  #learn(runtime: WatchedRuntime): void {
    const { number, name, frameFields } = runtime
    const { koffi } = this.#tools
    this.#pressers.set(number, presserFor(this.#tools, runtime))
    const reader = frameFields === undefined ? undefined : frameReader(koffi, frameFields)
    this.#stuckCalls.set(number, { runtime: name, reader })
  }

  #look(): void {
    const serials = this.#board.serials()
    this.#seen = Array.from(serials, (serial, index) => this.#seenBefore(index, serial))
    for (const [index, seen] of this.#seen.entries()) this.#pressIfOver(index, seen)
    this.#tellStuck()
  }

  #seenBefore(index: number, serial: number): Seen {
    const before = this.#seen[index]
    return before?.serial === serial ? before : { serial, since: this.#time, pressed: 0, told: false }
  }

  #pressIfOver(index: number, seen: Seen): void {
    const { limit, runtime } = this.#board.call(index)
    if (this.#time - seen.since < limit) return
    this.#board.press(index, seen.serial, call => {
      this.#pressers.get(runtime)?.press(call, seen.pressed)
      seen.pressed++
    })
  }

  /** Once for each call; where they are nested, of the innermost, which is where Lua is. */
  #tellStuck(): void {
    const stuck = this.#seen.filter((seen, index) => !seen.told && this.#isStuck(seen, index))
    const innermost = this.#seen.length - 1
    if (stuck.length === 0 || this.#tellTo === undefined) return
    for (const seen of stuck) seen.told = true
    const call = this.#board.call(innermost)
    const calls = this.#stuckCalls.get(call.runtime)
    if (calls !== undefined) tellStuckCall(calls, call, this.#tellTo)
  }

  #isStuck({ since }: Seen, index: number): boolean {
    return this.#time - since >= this.#board.call(index).limit + stuckAfter
  }
}

const koffi = await loadKoffi('the limit of calls')
// koffi has no stack to call functions on before it has loaded a library.
loadLibc(koffi)
const board = new WatchSide(workerData as SharedArrayBuffer)
new WatchThread({ koffi, board }).run(parentPort as MessagePort)
