/**
 * Reading and writing a table of Lua by any key. Without a metatable this is done on the stack; with one by Lua
 * itself, so that metamethods are obeyed and their errors are LuaErrors.
 */
import { LuaError } from '../errors.ts'
import type { Ref, Thread } from '../machine/machine.ts'
import type { Core } from '../session/core.ts'
import { decodeUtf8 } from '../values/strings.ts'

export function getAt(core: Core, ref: Ref, key: unknown): unknown {
  return onStack(core, thread => {
    const { machine } = core
    machine.pushRef(thread, ref)
    if (machine.hasMetatable(thread, -1))
      return core.call(core.operation('get'), [core.read(thread, -1), key])
    core.push(thread, key)
    machine.rawGet(thread, -2)
    return core.read(thread, -1)
  })
}

export function setAt(core: Core, ref: Ref, key: unknown, value: unknown): void {
  onStack(core, thread => {
    const { machine } = core
    machine.pushRef(thread, ref)
    const needsLua =
      machine.hasMetatable(thread, -1) || key === undefined || key === null || Number.isNaN(key)
    if (needsLua) return core.call(core.operation('set'), [core.read(thread, -1), key, value])
    core.push(thread, key)
    core.push(thread, value)
    return machine.rawSet(thread, -3)
  })
}

export function lengthAt(core: Core, ref: Ref): unknown {
  return onStack(core, thread => {
    core.machine.pushRef(thread, ref)
    if (!core.machine.hasMetatable(thread, -1)) return core.machine.rawLength(thread, -1)
    return core.call(core.operation('length'), [core.read(thread, -1)])
  })
}

/** Every pair, as `pairs` gives them: by `__pairs` where the version of Lua obeys it. */
export function entriesAt(core: Core, ref: Ref): [unknown, unknown][] {
  return onStack(core, thread => {
    core.machine.pushRef(thread, ref)
    const { pairsMetamethod } = core.machine.capabilities
    return pairsMetamethod && core.machine.pushMetafield(thread, -1, '__pairs')
      ? pairsByMetamethod(core, thread)
      : rawPairs(core, thread)
  })
}

export function hasMetafieldAt(core: Core, ref: Ref, field: string): boolean {
  return onStack(core, thread => {
    core.machine.pushRef(thread, ref)
    return core.machine.pushMetafield(thread, -1, field)
  })
}

/** As `tostring` of Lua: by `__tostring`, else 'table'. */
export function textAt(core: Core, ref: Ref): string {
  return onStack(core, thread => {
    core.machine.pushRef(thread, ref)
    if (!core.machine.pushMetafield(thread, -1, '__tostring')) return 'table'
    const text = core.call(core.machine.refAt(thread, -1), [core.read(thread, -2)])
    return text instanceof Uint8Array ? decodeUtf8(text) : String(text)
  })
}

/** The table lies on top. */
function rawPairs(core: Core, thread: Thread): [unknown, unknown][] {
  const { machine } = core
  const entries: [unknown, unknown][] = []
  machine.pushNil(thread)
  while (machine.next(thread, -2)) {
    entries.push([core.read(thread, -2), core.read(thread, -1)])
    machine.pop(thread, 1)
  }
  return entries
}

/** `__pairs` lies on the table. */
function pairsByMetamethod(core: Core, thread: Thread): [unknown, unknown][] {
  const { machine } = core
  const metamethod = machine.refAt(thread, -1)
  const [next, subject, first] = core.callAll(metamethod, [core.read(thread, -2)])
  if (typeof next !== 'function') throw new LuaError("'__pairs' must return an iterator function")
  const entries: [unknown, unknown][] = []
  core.push(thread, next)
  const step = machine.refAt(thread, -1)
  for (let key: unknown = first; ;) {
    const [following, value] = core.callAll(step, [subject, key])
    if (following === undefined) return entries
    entries.push([following, value])
    key = following
  }
}

function onStack<T>(core: Core, body: (thread: Thread) => T): T {
  const thread = core.enter()
  const { base } = core
  try {
    return body(thread)
  } finally {
    core.leave(thread, base)
  }
}
