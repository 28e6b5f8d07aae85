/** The example projects: each is documentation and a test. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './workspace.mjs'

export function examples() {
  const folder = join(root, 'examples')
  return readdirSync(folder)
    .map(name => ({ name, folder: join(folder, name) }))
    .filter(example => existsSync(join(example.folder, 'vitest.config.ts')))
}
