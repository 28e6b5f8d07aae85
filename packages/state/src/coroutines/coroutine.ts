/** A coroutine of Lua: resumed from JS by hand, or by iterating over what it yields. */
import type { LuaCoroutine, LuaFunction } from '../lua-values.ts'
import type { Ref } from '../machine/machine.ts'
import type { Core } from '../session/core.ts'
import { resumeCoroutine } from './resume.ts'

export function createCoroutine(core: Core, ref: Ref): LuaCoroutine {
  return new Coroutine(core, ref)
}

class Coroutine implements LuaCoroutine {
  readonly resume: LuaFunction
  readonly #core: Core
  readonly #ref: Ref

  constructor(core: Core, ref: Ref) {
    this.#core = core
    this.#ref = ref
    const resume = (...args: unknown[]): unknown => resumeCoroutine(core, ref, args).values[0]
    resume.all = (...args: unknown[]): unknown[] => resumeCoroutine(core, ref, args).values
    this.resume = resume as LuaFunction
  }

  get status(): LuaCoroutine['status'] {
    const core = this.#core
    const thread = core.enter()
    const { base } = core
    try {
      core.machine.pushRef(thread, this.#ref)
      const coroutine = core.machine.threadAt(thread, -1)
      return coroutine === thread ? 'running' : core.machine.statusOf(coroutine)
    } finally {
      core.leave(thread, base)
    }
  }

  /** As a JS generator: `next(value)` sends, what the coroutine returns comes last, and a dead one has no more. */
  *[Symbol.iterator](): Generator<unknown, unknown> {
    let sent: readonly unknown[] = []
    while (this.status !== 'dead') {
      const { values, ended } = resumeCoroutine(this.#core, this.#ref, sent)
      if (ended) return values[0]
      const value: unknown = yield values[0]
      sent = value === undefined ? [] : [value]
    }
    return undefined
  }
}
