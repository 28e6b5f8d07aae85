/**
 * A chunk as a coroutine that promises resume: where a callback of JS returns one, Lua waits for it and goes on
 * with what it was fulfilled with; a rejection is an error in Lua, which pcall catches.
 *
 * Each stretch between two promises is one call into Lua for `callTimeout`. A `coroutine.yield` of the chunk
 * itself gives the event loop a turn. Inside a coroutine of Lua's own a promise stays a userdata.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { LuaError } from '../errors.ts'
import type { Ref, Thread } from '../machine/machine.ts'
import type { Core, Waiting } from '../session/core.ts'
import { resumeCoroutine } from './resume.ts'

/** Gives the first value that the chunk returns. `start` leaves the chunk's function on top of the stack. */
export async function executeAsync(
  core: Core,
  start: (thread: Thread) => void,
  args: readonly unknown[],
): Promise<unknown> {
  const { ref, coroutine } = createThread(core, start)
  const waits = new Waits(core, coroutine)
  core.waiting.set(coroutine, waits)
  try {
    let step = resumeCoroutine(core, ref, args)
    while (!step.ended) {
      await waits.settled()
      step = resumeCoroutine(core, ref, [])
    }
    return step.values[0]
  } finally {
    core.waiting.delete(coroutine)
  }
}

type Settled = { kind: 'fulfilled'; value: unknown } | { kind: 'rejected'; reason: unknown }

class Waits implements Waiting {
  readonly #core: Core
  readonly #coroutine: Thread
  #promise: Promise<unknown> | undefined

  constructor(core: Core, coroutine: Thread) {
    this.#core = core
    this.#coroutine = coroutine
  }

  suspend(promise: Promise<unknown>): number {
    let settled: Settled | undefined
    this.#promise = promise.then(
      value => void (settled = { kind: 'fulfilled', value }),
      (reason: unknown) => void (settled = { kind: 'rejected', reason }),
    )
    return this.#core.machine.suspend(this.#coroutine, thread => {
      if (settled === undefined) throw resumedByOthers()
      if (settled.kind === 'rejected') throw settled.reason
      const { value } = settled
      return this.#core.onThread(thread, () => this.#core.pushResults(thread, value))
    })
  }

  async settled(): Promise<void> {
    const promise = this.#promise ?? nextTurn()
    this.#promise = undefined
    await promise
  }
}

function resumedByOthers(): LuaError {
  return new LuaError('a coroutine that waits for a promise was resumed: only the promise resumes it')
}

function createThread(core: Core, start: (thread: Thread) => void): { ref: Ref; coroutine: Thread } {
  const { machine } = core
  const thread = core.enter()
  const { base } = core
  try {
    start(thread)
    machine.pushThread(thread)
    return { ref: machine.refAt(thread, -1), coroutine: machine.threadAt(thread, -1) }
  } finally {
    core.leave(thread, base)
  }
}
