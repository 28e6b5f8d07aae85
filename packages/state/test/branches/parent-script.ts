/** A process of its own that calls `branches`: what it prints, and what its end does, can be seen from outside. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ownModuleFlags } from '../../src/branches/own-modules.ts'

const index = fileURLToPath(new URL('../../src/index.ts', import.meta.url))

/** Gives the arguments for Node that run the code, which finds `branches` in scope. */
export function parentScript(folder: string, code: string): string[] {
  const file = path.join(folder, 'parent.mjs')
  writeFileSync(file, `import { branches } from ${JSON.stringify(index)}\n${code}\n`)
  return [...ownModuleFlags, file]
}
