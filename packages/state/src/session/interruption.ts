/** What ends the running call by force: its limit of time, or an error that nothing in Lua may catch. */
import { Deadline } from '../limits.ts'
import type { Machine, Trace } from '../machine/machine.ts'
import type { LuaOptions } from '../options.ts'
import { timeoutError } from './state-errors.ts'

export class Interruption {
  readonly #deadline: Deadline
  #error: Error | undefined

  constructor(callTimeout: LuaOptions['callTimeout']) {
    this.#deadline = new Deadline(callTimeout)
  }

  /** An outermost call begins. */
  start(machine: Machine): void {
    this.#deadline.start()
    if (this.#deadline.limit !== Infinity) machine.limitBegins(this.#deadline.limit)
  }

  /** It has ended. */
  stop(machine: Machine): void {
    if (this.#deadline.limit !== Infinity) machine.limitEnds()
  }

  get happened(): boolean {
    return this.#error !== undefined
  }

  pending(where: () => Trace): Error | undefined {
    if (this.#error === undefined && this.#deadline.hasPassed()) {
      this.#error = timeoutError(this.#deadline.limit, where())
    }
    return this.#error
  }

  /** The first cause wins. */
  cause(error: Error): void {
    this.#error ??= error
  }

  /** Gives the error that ended the call, once. */
  take(machine: Machine): Error | undefined {
    const error = this.#error
    if (error === undefined) return undefined
    this.#error = undefined
    machine.stopUnwinding()
    return error
  }
}
