/**
 * The frames of the user's code on the stack, as text: `    at name (/abs/file.ts:12:3)`, one a line.
 *
 * Vitest's module runner maps them to the sources as they are made.
 */
import { readFrame } from './place.ts'
import { isInternalFrame } from './own-modules.ts'

/** Lua that runs on fengari takes many frames of JavaScript for each of its own. */
const LOOKED_AT = 2_000
const SHOWN = 100

/** @param below this function and all that it called are left out */
export function userFrames(below: (...args: never[]) => unknown): string {
  const here = new Error('here')
  const { stackTraceLimit } = Error
  // A program may have frozen it: an assignment would throw.
  Reflect.set(Error, 'stackTraceLimit', LOOKED_AT)
  Error.captureStackTrace(here, below)
  Reflect.set(Error, 'stackTraceLimit', stackTraceLimit)
  // What a program's own Error.prepareStackTrace makes of it may be no text at all.
  return String(here.stack)
    .split('\n')
    .filter(line => isShown(line))
    .slice(0, SHOWN)
    .join('\n')
}

/** Frames without a file stay where they have a name: `at Atomics.wait (<anonymous>)` says what does not return. */
function isShown(line: string): boolean {
  if (!/^\s+at /.test(line) || UNREADABLE.test(line)) return false
  const place = readFrame(line)
  return place === null || !isInternalFrame(place.file)
}

/** Node's own, WebAssembly's, and what the inspector evaluates. */
const UNREADABLE = /node:internal|wasm:\/\/|^\s+at <anonymous>/
