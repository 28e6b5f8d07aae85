/**
 * npm run reaper: sets up, packs, then ends main processes in every way and looks what is left:
 * `npm run reaper -- --vitest 5.1 --way SIGKILL`.
 */
import { join } from 'node:path'
import { pack } from './pack.mjs'
import { setUp } from './set-up.mjs'
import { nodePath, root, run } from './workspace.mjs'

setUp()
pack()
process.exit(
  run(nodePath(), [join(root, 'packages', 'strays', 'dist', 'ends', 'main.js'), ...process.argv.slice(2)]),
)
