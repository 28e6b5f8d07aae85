/**
 * npm run strays: sets up, packs, then has tests leave every kind of process and looks what is left:
 * `npm run strays -- --vitest 5.1 --kind daemon`.
 */
import { join } from 'node:path'
import { pack } from './pack.mjs'
import { setUp } from './set-up.mjs'
import { nodePath, root, run } from './workspace.mjs'

setUp()
pack()
process.exit(
  run(nodePath(), [join(root, 'packages', 'strays', 'dist', 'kinds', 'main.js'), ...process.argv.slice(2)]),
)
