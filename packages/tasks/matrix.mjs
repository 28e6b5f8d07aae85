/**
 * npm run matrix: sets up, packs, then kills a worker in every way at every moment:
 * `npm run matrix -- --vitest 5.1 --death SIGKILL --repeat 20 --load`.
 */
import { join } from 'node:path'
import { pack } from './pack.mjs'
import { setUp } from './set-up.mjs'
import { nodePath, root, run } from './workspace.mjs'

setUp()
pack()
process.exit(run(nodePath(), [join(root, 'packages', 'matrix', 'dist', 'main.js'), ...process.argv.slice(2)]))
