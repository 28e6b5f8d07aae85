/** The project's koffi, or ours, where one of them can be loaded: what it calls is not promised to be there. */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { ForeignFunctions } from '@vitest-pool-lua/sweep'

/** @param root the project's */
export function koffiOf(root: string): ForeignFunctions | undefined {
  return load(join(root, 'package.json')) ?? load(import.meta.url)
}

/** It may be missing, or have come without its binary. */
function load(from: string): ForeignFunctions | undefined {
  try {
    return createRequire(from)('koffi') as ForeignFunctions
  } catch {
    return undefined
  }
}
