/**
 * The watch thread of a process: ends calls into Lua that are over their limit.
 *
 * It looks every few ms which calls there are: a call costs the thread that runs Lua a few stores into memory, and
 * not even a look at the clock. While no call comes it sleeps.
 */
import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads'
import { loadKoffi } from '../koffi.ts'
import { loadLibc } from '../libc.ts'
import { WatchSide } from './board.ts'
import { presserFor, type Presser, type WatchTools } from './press.ts'
import type { WatchedRuntime } from './watched-runtime.ts'

/** In ms, between two looks. */
const step = 10
/** In ms without a call, after which it sleeps. */
const patience = 1_000
/** In ms, a step so much longer than it should be was not slow: the process was stopped, and that time does not count. */
const stopped = 1_000

interface Seen {
  readonly serial: number
  readonly since: number
  pressed: boolean
}

class WatchThread {
  readonly #tools: WatchTools
  readonly #board: WatchSide
  readonly #pressers = new Map<number, Presser>()
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
      this.#learnRuntimes(port)
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

  #learnRuntimes(port: MessagePort): void {
    let told = receiveMessageOnPort(port)
    for (; told !== undefined; told = receiveMessageOnPort(port)) {
      const runtime = told.message as WatchedRuntime
      this.#pressers.set(runtime.number, presserFor(this.#tools, runtime))
    }
  }

  #look(): void {
    const serials = this.#board.serials()
    this.#seen = Array.from(serials, (serial, index) => this.#seenBefore(index, serial))
    for (const [index, seen] of this.#seen.entries()) this.#pressIfOver(index, seen)
  }

  #seenBefore(index: number, serial: number): Seen {
    const before = this.#seen[index]
    return before?.serial === serial ? before : { serial, since: this.#time, pressed: false }
  }

  #pressIfOver(index: number, seen: Seen): void {
    const { limit, runtime } = this.#board.call(index)
    if (this.#time - seen.since < limit) return
    this.#board.press(index, seen.serial, call => {
      this.#pressers.get(runtime)?.press(call, seen.pressed)
      seen.pressed = true
    })
  }
}

const koffi = await loadKoffi('the limit of calls')
// koffi has no stack to call functions on before it has loaded a library.
loadLibc(koffi)
const board = new WatchSide(workerData as SharedArrayBuffer)
new WatchThread({ koffi, board }).run(parentPort as MessagePort)
