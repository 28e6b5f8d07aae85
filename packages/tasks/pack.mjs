/** npm run pack: writes the tarballs of the published packages to artifacts/. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle } from './build.mjs'
import { setUp } from './set-up.mjs'
import { artifacts, must, published, root } from './workspace.mjs'

/** Bundles once more, which is quick: what is packed must be of the sources as they are. */
export function pack() {
  bundle()
  mkdirSync(artifacts, { recursive: true })
  for (const file of readdirSync(artifacts)) if (file.endsWith('.tgz')) rmSync(join(artifacts, file))
  for (const name of published) {
    const folder = join(root, 'packages', name)
    must('pnpm', ['pack', '--pack-destination', artifacts], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
  return readdirSync(artifacts).filter(file => file.endsWith('.tgz'))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  setUp()
  for (const file of pack()) console.log(join('artifacts', file))
}
