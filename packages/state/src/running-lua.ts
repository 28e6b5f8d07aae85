/**
 * Where Lua is, for whoever has to say why this process does not go on:
 *
 *     for (const { runtime, frames } of runningLua()) console.log(runtime, frames[0]?.chunk, frames[0]?.line)
 *
 * It may be asked at any moment on the thread of the states, also through the inspector, which interrupts or pauses it in
 * the middle of Lua. wasmoon's Lua writes down its line from time to time only: asked in the middle of a function of Lua,
 * it gives the line that was written down last (often the one where the function begins), and sees to it that the next
 * instruction writes it down. So whoever interrupts it asks, lets it go on for a moment, and asks again.
 */
import type { Machine } from './machine/machine.ts'
import type { RuntimeName } from './runtime-names.ts'
import { chunkOf, type LuaFrame } from './stack.ts'

/** A state in which a call runs. */
export interface RunningLua {
  readonly runtime: RuntimeName
  /** Innermost first, of the coroutines that run and of those that wait for them; empty where they can't be had. */
  readonly frames: readonly RunningFrame[]
}

/** One Lua function that is active. */
export interface RunningFrame {
  /** A file's path, the name that was given, or the source's first line as Lua shows it. */
  readonly chunk: string
  /** From 1. */
  readonly line: number
  /** The function's name where Lua knows one, else what it is. */
  readonly name: string
}

/** What runs calls. */
interface Caller {
  readonly machine: Pick<Machine, 'runtime' | 'whereLuaIs'>
}

/** Of one state: more would tell nobody more. */
const mostFrames = 100

/** The outermost first: calls nest, also those of several states. */
const callers: Caller[] = []

/** The state whose call began last comes first. */
export function runningLua(): RunningLua[] {
  return callers.toReversed().map(({ machine }) => ({ runtime: machine.runtime, frames: framesOf(machine) }))
}

/** An outermost call into a state begins. */
export function callBegins(caller: Caller): void {
  callers.push(caller)
}

/** It is over, and so are those that began later, if one of them was left in disorder. */
export function callEnds(caller: Caller): void {
  while (callers.length > 0 && callers.pop() !== caller);
}

function framesOf(machine: Caller['machine']): RunningFrame[] {
  try {
    return machine.whereLuaIs().slice(0, mostFrames).map(asRunning)
  } catch {
    return []
  }
}

function asRunning({ name, source, line }: LuaFrame): RunningFrame {
  return { chunk: chunkOf(source), line, name }
}
