/** A file of `/proc`, whose process may end at any moment. */
import { readFileSync } from 'node:fs'

/** Undefined for whatever reason it can't be read. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
