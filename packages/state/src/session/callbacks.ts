/** Functions of JS that Lua calls, and what becomes of the errors that they throw. */
import { isPromise } from 'node:util/types'
import type { Thread } from '../machine/machine.ts'
import type { ToLua } from '../values/to-lua.ts'
import type { Core, JsFunction } from './core.ts'
import { thrownText } from './thrown.ts'

export class Callbacks {
  readonly #core: Core
  readonly #toLua: ToLua
  #lastThrown: unknown

  constructor(core: Core, toLua: ToLua) {
    this.#core = core
    this.#toLua = toLua
  }

  /** On the thread that Lua has called it on. Gives what the callback itself must give. */
  run(thread: Thread, target: JsFunction, self: unknown, skip: number): number {
    const { machine, waiting } = this.#core
    try {
      const result = this.#apply(thread, target, self, skip)
      if (waiting.size > 0 && isPromise(result)) {
        const waits = waiting.get(thread)
        if (waits !== undefined && machine.isYieldable(thread)) return waits.suspend(result)
      }
      return this.#toLua.pushResults(thread, result)
    } catch (error) {
      this.#lastThrown = error
      throw error
    }
  }

  /** What a callback threw keeps its identity; an error of the engine may mean something in Lua's own words. */
  pushThrown(thread: Thread, thrown: unknown): void {
    const text = thrown === this.#lastThrown ? undefined : thrownText(thrown)
    if (text !== undefined) this.#core.machine.pushText(thread, text)
    else this.#toLua.pushThrown(thread, thrown)
  }

  /** Without an array for the arguments where there is one or none, as in most callbacks. */
  #apply(thread: Thread, target: JsFunction, self: unknown, skip: number): unknown {
    const core = this.#core
    const count = core.machine.top(thread) - skip
    if (count === 0) return target.call(self)
    if (count === 1) return target.call(self, core.read(thread, skip + 1))
    return target.apply(self, core.readAll(thread, skip + 1, count))
  }
}
