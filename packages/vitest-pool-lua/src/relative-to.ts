/** How reports name files. */
import { isAbsolute, relative, sep } from 'node:path'
import type { Place } from './protocol/finding.ts'

/** With '/' on every platform; a file outside of the root keeps its absolute path. */
export function relativeTo(root: string, file: string): string {
  const path = relative(root, file)
  const outside = isAbsolute(path) || path === '..' || path.startsWith(`..${sep}`)
  return (outside ? file : path).split(sep).join('/')
}

export function relativePlace(root: string, at: Place | null): Place | null {
  return at === null ? null : relativeLine(root, at)
}

function relativeLine(root: string, { file, calledFrom, ...position }: Place): Place {
  const caller = calledFrom === undefined ? {} : { calledFrom: relativeLine(root, calledFrom) }
  return { file: relativeTo(root, file), ...position, ...caller }
}
