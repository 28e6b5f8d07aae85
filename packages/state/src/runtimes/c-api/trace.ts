/** Where Lua was, as the shim noted it: `{ name, source, line, name, source, line, ..., traceback = text }`. */
import { luaTypes, type Machine, type Thread, type Trace } from '../../machine/machine.ts'
import type { LuaFrame } from '../../stack.ts'

export const noTrace: Trace = { traceback: 'stack traceback:', frames: [] }

const field = 'last'

/** `push` pushes the table that holds the last trace. It is taken out of there. */
export function readTrace(machine: Machine, thread: Thread, push: () => void): Trace {
  push()
  machine.pushText(thread, field)
  machine.rawGet(thread, -2)
  const taken = machine.typeAt(thread, -1) === luaTypes.table ? traceAt(machine, thread) : noTrace
  machine.pop(thread, 1)
  machine.pushText(thread, field)
  machine.pushNil(thread)
  machine.rawSet(thread, -3)
  machine.pop(thread, 1)
  return taken
}

/** Of the table on top. */
function traceAt(machine: Machine, thread: Thread): Trace {
  const frames: LuaFrame[] = []
  const count = machine.rawLength(thread, -1)
  for (let index = 1; index + 2 <= count; index += 3) {
    const name = textOf(machine, thread, index)
    const source = textOf(machine, thread, index + 1)
    frames.push({ name, source, line: numberOf(machine, thread, index + 2) })
  }
  return { frames, traceback: textOf(machine, thread, 'traceback') }
}

function textOf(machine: Machine, thread: Thread, key: number | string): string {
  return fieldOf(machine, thread, key, () =>
    machine.typeAt(thread, -1) === luaTypes.string ? machine.textAt(thread, -1) : '',
  )
}

function numberOf(machine: Machine, thread: Thread, key: number): number {
  return fieldOf(machine, thread, key, () => Number(machine.numberAt(thread, -1)))
}

function fieldOf<T>(machine: Machine, thread: Thread, key: number | string, read: () => T): T {
  if (typeof key === 'number') machine.pushNumber(thread, key)
  else machine.pushText(thread, key)
  machine.rawGet(thread, -2)
  const value = read()
  machine.pop(thread, 1)
  return value
}
