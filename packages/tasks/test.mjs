/**
 * npm test: sets up, then runs every check and every suite, and says at the
 * end how many tests passed in all of them.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { examples } from './examples.mjs'
import { pack } from './pack.mjs'
import { setUp } from './set-up.mjs'
import { artifacts, published, root, run, vitest } from './workspace.mjs'

const results = join(artifacts, 'results')

setUp()
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

const failures = []
const counts = { passed: 0, failed: 0, skipped: 0 }

check('format', 'oxfmt', ['--check'])
check('lint', 'oxlint', ['--type-aware', '--deny-warnings'])
check('unused code', 'knip', [])
pack()
for (const name of published) {
  check(`publint of ${name}`, 'publint', ['--strict', join('packages', name)])
}
for (const name of [...published, 'matrix', 'strays', 'benchmarks'])
  suite(`packages/${name}`, join(root, 'packages', name))
for (const { name, folder } of examples()) suite(`examples/${name}`, folder)

for (const failure of failures) console.error(`failed: ${failure}`)
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
process.exit(failures.length === 0 ? 0 : 1)

function check(name, program, args) {
  console.log(`\n${name}`)
  if (run(program, args) !== 0) failures.push(name)
}

function suite(name, folder) {
  console.log(`\n${name}`)
  const file = join(results, `${name.replace('/', '-')}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const code = vitest(['run', '--root', folder, ...reporters], { cwd: folder })
  if (code !== 0) failures.push(name)
  count(name, file)
}

/** A suite that died before it could write its results has failed, with one test that nobody knows. */
function count(name, file) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(file, 'utf8'))
    counts.passed += numPassedTests
    counts.failed += numFailedTests
    counts.skipped += numPendingTests
  } catch {
    failures.push(`${name} left no results`)
    counts.failed += 1
  }
}
