/** A place as stacks, terminals and editors write it. */
import type { Place } from './finding.ts'

export function placeText({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`
}
