/** npm run bench: sets up, then runs the comparisons: `npm run bench -- state lua5.4 --quick`. */
import { join } from 'node:path'
import { setUp } from './set-up.mjs'
import { nodePath, root, run } from './workspace.mjs'

setUp()
process.exit(
  run(nodePath(), [join(root, 'packages', 'benchmarks', 'dist', 'main.js'), ...process.argv.slice(2)]),
)
