/**
 * npm test: sets up, then runs every check and every suite, and says at the
 * end what failed, and how many tests passed in all of them.
 *
 * A test that fails is tried once more, for a machine that is busy can be too
 * slow for it; it is named at the end all the same.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { examples } from './examples.mjs'
import { pack } from './pack.mjs'
import { setUp } from './set-up.mjs'
import { artifacts, environment, published, root, run, vitest } from './workspace.mjs'

const results = join(artifacts, 'results')
const reporter = join(import.meta.dirname, 'account.mjs')
/** In ms. The longest takes half of it; one that is blocked would take for ever. */
const longestSuite = 12 * 60_000

setUp()
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

const failures = []
const unsteady = []
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

for (const name of unsteady) console.error(`failed at first, passed when tried again: ${name}`)
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
  const code = vitest(
    ['run', '--root', folder, '--retry=1', '--reporter=default', `--reporter=${reporter}`],
    { cwd: folder, env: { ...environment(), SUITE_ACCOUNT: file }, timeout: longestSuite },
  )
  const account = accountIn(file)
  for (const state of Object.keys(counts)) counts[state] += account[state]
  unsteady.push(...account.unsteady.map(test => `${name}: ${test}`))
  failures.push(...account.failures.map(failure => `${name}: ${failure}`))
  if (code !== 0 && account.failures.length === 0) failures.push(`${name} ended with ${code}`)
}

/** A suite that died before it could write its account has failed, with one test that nobody knows. */
function accountIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { passed: 0, failed: 1, skipped: 0, failures: ['left no account'], unsteady: [] }
  }
}
