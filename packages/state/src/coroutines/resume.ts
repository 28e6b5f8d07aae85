/** Goes on with a coroutine, from JS. */
import { LuaError } from '../errors.ts'
import type { Ref, Thread } from '../machine/machine.ts'
import type { Core } from '../session/core.ts'

export interface Step {
  /** What it yielded or, at its end, returned. */
  readonly values: unknown[]
  readonly ended: boolean
}

/** Throws `LuaError` when the coroutine fails, is dead or is running. */
export function resumeCoroutine(core: Core, ref: Ref, args: readonly unknown[]): Step {
  const { machine } = core
  const thread = core.enter()
  const { base } = core
  try {
    machine.pushRef(thread, ref)
    const coroutine = machine.threadAt(thread, -1)
    if (coroutine === thread || machine.statusOf(coroutine) !== 'suspended')
      throw notSuspended(core, coroutine)
    machine.ensure(coroutine, args.length + 8)
    for (const value of args) core.push(coroutine, value)
    return step(core, coroutine, thread, args.length)
  } finally {
    core.leave(thread, base)
  }
}

function step(core: Core, coroutine: Thread, from: Thread, args: number): Step {
  const { machine } = core
  const resumed = machine.resume(coroutine, from, args)
  if (resumed.kind === 'failed') {
    machine.move(coroutine, from, 1)
    throw core.failure(from, resumed.trace)
  }
  const first = machine.top(coroutine) - resumed.count + 1
  const values = core.readAll(coroutine, first, resumed.count)
  machine.setTop(coroutine, first - 1)
  return { values, ended: resumed.kind === 'returned' }
}

function notSuspended({ machine, thread }: Core, coroutine: Thread): LuaError {
  const dead = coroutine !== thread && machine.statusOf(coroutine) === 'dead'
  return new LuaError(`cannot resume ${dead ? 'dead' : 'non-suspended'} coroutine`)
}
