/**
 * The line of the user's code that a stack came from.
 *
 * Vitest's module runner maps stacks as they are made, so file and line are
 * those of the source, TypeScript too.
 */
import { fileURLToPath } from 'node:url'
import type { Place } from '../protocol/finding.ts'
import { readFrame } from '../read-frame.ts'
import { isInternalFrame } from './own-modules.ts'
import { stackBelow } from './stack-text.ts'

/** The first frame that is neither Node's, nor a dependency's, nor this package's, and the next of another file. */
export function placeOf(stack: string | undefined): Place | null {
  const places = (stack ?? '').split('\n').flatMap(line => readFrame(line) ?? [])
  const [at, ...callers] = places.filter(({ file }) => !isForeign(file))
  if (at === undefined) return null
  const calledFrom = callers.find(({ file }) => file !== at.file)
  return calledFrom === undefined ? at : { ...at, calledFrom }
}

/** The place that called the function that called this. */
export function callerPlace(): Place | null {
  return placeOf(stackBelow(callerPlace, FRAMES, placeFrames))
}

/** All that `placeOf` needs. */
export function placeFrames(frames: readonly NodeJS.CallSite[]): NodeJS.CallSite[] {
  const [at, ...callers] = frames.filter(isOfUser)
  if (at === undefined) return []
  const calledFrom = callers.find(caller => fileOf(caller) !== fileOf(at))
  return calledFrom === undefined ? [at] : [at, calledFrom]
}

/** Before it is mapped: what Vite has transformed has the path of its source. */
export function isOfUser(frame: NodeJS.CallSite): boolean {
  const file = fileOf(frame)
  return file !== '' && !file.startsWith('node:') && !isForeign(file)
}

/** A path; `node:fs`; empty where there is none. */
export function fileOf(frame: NodeJS.CallSite): string {
  const file = frame.getFileName() ?? ''
  return file.startsWith('file:') ? fileURLToPath(file) : file
}

/** Enough for a library between the test and what it opens. */
const FRAMES = 40

/** Of a dependency, or of this package. */
function isForeign(file: string): boolean {
  return file.includes('/node_modules/') || file.includes('\\node_modules\\') || isInternalFrame(file)
}
