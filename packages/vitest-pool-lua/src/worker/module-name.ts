/** A module as messages call it: relative to the root where it is a file. */
import { isAbsolute } from 'node:path'
import { fileURLToPath } from 'node:url'
import { relativeTo } from '../relative-to.ts'

export function moduleName(root: string, module: string): string {
  const path = module.startsWith('file:') ? fileURLToPath(module) : module
  return isAbsolute(path) ? relativeTo(root, path) : path
}
