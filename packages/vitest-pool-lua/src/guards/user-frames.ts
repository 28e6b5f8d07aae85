/**
 * The frames of the user's code on the stack, as text: `    at name (/abs/file.ts:12:3)`, one a line.
 *
 * Vitest's module runner maps them to the sources as they are made.
 */
import { readFrame } from '../read-frame.ts'
import { isInternalFrame } from './own-modules.ts'
import { isOfUser } from './place.ts'
import { stackBelow } from './stack-text.ts'
import type { Pick } from './stack-text.ts'

/** Lua that runs on fengari takes many frames of JavaScript for each of its own. */
const LOOKED_AT = 2_000
const SHOWN = 100

export interface UserFrames {
  readonly stack: string
  /** How many stand above the first frame of a runtime of Lua: what Lua called. 0 where there is none. */
  readonly aboveLua: number
}

/** Enough to say where a call came from. */
const NEAREST = 10

/** Of what is called often: those of the project's own code, if there are any. */
export function nearestFrames(below: (...args: never[]) => unknown): string {
  const frames = framesBelow(below, all => {
    const own = all.filter(isOfUser)
    return (own.length > 0 ? own : all).slice(0, NEAREST)
  })
  return frames.join('\n')
}

/** @param below this function and all that it called are left out */
export function userFrames(below: (...args: never[]) => unknown): UserFrames {
  const frames = framesBelow(below).filter(line => !UNREADABLE.test(line))
  const runtime = frames.findIndex((_, index) => isOfRuntime(frames, index))
  const shown = frames.flatMap((line, index) => (isOfRuntime(frames, index) ? [] : [line]))
  return { stack: shown.slice(0, SHOWN).join('\n'), aboveLua: Math.min(Math.max(runtime, 0), SHOWN) }
}

function framesBelow(below: (...args: never[]) => unknown, pick?: Pick): string[] {
  return stackBelow(below, LOOKED_AT, pick)
    .split('\n')
    .filter(line => /^\s+at /.test(line))
}

/** Node's own, and what the inspector evaluates. Others without a file stay: `at Atomics.wait (<anonymous>)`. */
const UNREADABLE = /node:internal|^\s+at <anonymous>/

/** Ours too: of this package and of the state's. A built-in function is of whoever called it. */
function isOfRuntime(frames: readonly string[], index: number): boolean {
  const line = frames[index]
  if (line === undefined) return false
  const file = readFrame(line)?.file
  if (file !== undefined) return isInternalFrame(file)
  return line.includes('wasm://') || (line.endsWith('(<anonymous>)') && isOfRuntime(frames, index + 1))
}
