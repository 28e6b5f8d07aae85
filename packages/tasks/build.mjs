/** Builds the packages, and removes what an earlier build left of sources that are gone. */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { must, published, root } from './workspace.mjs'

export function build() {
  must('tsc', ['--build'])
  for (const name of published) removeStale(join(root, 'packages', name))
}

function removeStale(folder) {
  for (const file of readdirSync(join(folder, 'dist'), { recursive: true })) {
    const source = file.replace(/(\.d\.ts|\.js)$/, '.ts')
    if (source !== file && !existsSync(join(folder, 'src', source))) rmSync(join(folder, 'dist', file))
  }
}
