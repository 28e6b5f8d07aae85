/** Builds the packages, and removes what an earlier build left of sources that are gone. */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { must, nodePath, published, root } from './workspace.mjs'

export function build() {
  must('tsc', ['--build'])
  for (const name of published) removeStaleTypes(join(root, 'packages', name))
  bundle()
}

/** Rolldown needs a newer Node.js than the one that sets up may be. */
export function bundle() {
  must(nodePath(), [join(root, 'packages', 'tasks', 'bundle.mjs')])
}

function removeStaleTypes(folder) {
  for (const file of readdirSync(join(folder, 'dist'), { recursive: true })) {
    const source = file.replace(/\.d\.ts$/, '.ts')
    if (source !== file && !existsSync(join(folder, 'src', source))) rmSync(join(folder, 'dist', file))
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) build()
