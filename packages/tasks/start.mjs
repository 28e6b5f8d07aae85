/** npm start: sets up, then runs every example's suite under the pool and shows its report. */
import { setUp } from './set-up.mjs'
import { examples } from './examples.mjs'
import { vitest } from './workspace.mjs'

setUp()
let failed = 0
for (const { name, folder } of examples()) {
  console.log(`\nexamples/${name}`)
  if (vitest(['run', '--root', folder], { cwd: folder }) !== 0) failed += 1
}
process.exit(failed === 0 ? 0 : 1)
