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

/** The first frame that is neither Node's, nor a dependency's, nor this package's. */
export function placeOf(stack: string | undefined): Place | null {
  for (const line of (stack ?? '').split('\n')) {
    const place = readFrame(line)
    if (place !== null && !isForeign(place.file)) return place
  }
  return null
}

/** The place that called the function that called this. */
export function callerPlace(): Place | null {
  return placeOf(stackBelow(callerPlace, FRAMES, firstOfUser))
}

export function firstOfUser(frames: NodeJS.CallSite[]): NodeJS.CallSite[] {
  const found = frames.find(isOfUser)
  return found === undefined ? [] : [found]
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
