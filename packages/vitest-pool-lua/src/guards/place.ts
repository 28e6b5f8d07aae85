/**
 * The line of the user's code that a stack came from.
 *
 * Vitest's module runner maps stacks as they are made, so file and line are
 * those of the source, TypeScript too.
 */
import { fileURLToPath } from 'node:url'
import type { Place } from '../protocol/finding.ts'

/** The first frame that is neither Node's, nor a dependency's, nor this package's. */
export function placeOf(stack: string | undefined): Place | null {
  for (const line of (stack ?? '').split('\n')) {
    const place = frame(line)
    if (place !== null && !isForeign(place.file)) return place
  }
  return null
}

/** The place that called the function that called this. */
export function callerPlace(): Place | null {
  return placeOf(new Error('place').stack)
}

function frame(line: string): Place | null {
  const found = /^\s*at (?:async )?(?:.*\()?((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]).*?):(\d+):(\d+)\)?$/.exec(
    line,
  )
  if (found === null) return null
  const [, path = '', lineNumber, column] = found
  const file = path.startsWith('file://') ? fileURLToPath(path) : path
  return { file, line: Number(lineNumber), column: Number(column) }
}

const OWN = fileURLToPath(new URL('..', import.meta.url))

function isForeign(file: string): boolean {
  return file.includes('/node_modules/') || file.includes('\\node_modules\\') || file.startsWith(OWN)
}
