/** One line of a stack, as V8 writes it: `    at name (/abs/file.ts:12:3)`. */
import { fileURLToPath } from 'node:url'
import type { Place } from './protocol/finding.ts'

const FRAME = /^\s*at (?:async )?(?:.*\()?((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]).*?):(\d+):(\d+)\)?$/

/** Null for a frame that has no file; what was evaluated names only the one that evaluated it. */
export function readFrame(line: string): Place | null {
  const found = FRAME.exec(line)
  if (found === null || line.includes('(eval at ')) return null
  const [, path = '', lineNumber, column] = found
  const file = path.startsWith('file://') ? fileURLToPath(path) : path
  return { file, line: Number(lineNumber), column: Number(column) }
}
