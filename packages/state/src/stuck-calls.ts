/**
 * Tells of calls into Lua that go on although their limit is over, where nobody else can: the thread of the states is
 * in a function of C (a pattern that takes for ever) or in code that LuaJIT has compiled.
 *
 *     tellStuckCalls(fs.openSync(path, 'a'))
 *
 * From then on, 500 ms after the limit (`callTimeout`) of a call, one line of JSON is written to the descriptor:
 *
 *     {"type":"stuck-in-lua","at":81235.1,"runtime":"luajit","frames":[{"chunk":"/a.lua","line":12,"name":"f"}]}
 *
 * `at` is in ms, of the clock of `process.hrtime`; `frames` are the innermost first, none where they could not be read.
 * A name is null and a line 0 where it is not known. The call may end all the same.
 */
import { writeSync } from 'node:fs'
import type { RuntimeName } from './runtime-names.ts'

export interface StuckFrame {
  readonly chunk: string
  readonly line: number
  readonly name: string | null
}

/** In ms after the limit. What can be ended has been ended by then. */
export const stuckAfter = 500

/** Not by node:process: to import that takes 2 ms, because it asks for everything that a process has. */
const { hrtime } = process

type Listener = (descriptor: number) => void

const listeners = new Set<Listener>()
const wanted: { descriptor?: number } = {}

/** Of this process, whose watch threads write to it as long as it lives: it has to stay open. */
export function tellStuckCalls(descriptor: number): void {
  wanted.descriptor = descriptor
  for (const listener of listeners) listener(descriptor)
}

/** Whoever watches calls hears of the descriptor, now or later. */
export function onStuckCallsWanted(listener: Listener): void {
  listeners.add(listener)
  if (wanted.descriptor !== undefined) listener(wanted.descriptor)
}

/** One write, at once, from any thread. */
export function writeStuckCall(
  descriptor: number,
  runtime: RuntimeName,
  frames: readonly StuckFrame[],
): void {
  const at = Number(hrtime.bigint()) / 1e6
  try {
    writeSync(descriptor, `${JSON.stringify({ type: 'stuck-in-lua', at, runtime, frames })}\n`)
  } catch {
    // Whoever wanted to be told has closed it.
  }
}
