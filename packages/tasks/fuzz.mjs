/**
 * npm run fuzz: holds the runtimes of packages/state against each other on random sequences of operations, round after
 * round with fresh seeds: `npm run fuzz -- --minutes 10 --seed 7 lua5.4 wasmoon`.
 *
 * Runtime and seed are printed before each run, so that a process that dies is known by them. A failed run does not
 * end the rounds; it makes the command fail.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { setUp } from './set-up.mjs'
import { environment, root, vitest } from './workspace.mjs'

const known = ['fengari', 'wasmoon', 'luajit', 'lua5.1', 'lua5.2', 'lua5.3', 'lua5.4']
const folder = join(root, 'packages', 'state')
const options = {
  minutes: { type: 'string', default: '10' },
  runs: { type: 'string', default: '500' },
  seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
}
const { values, positionals } = parseArgs({ options, allowPositionals: true })
const runtimes = positionals.length > 0 ? positionals : known
refuseWhatIsWrong()

setUp()
const failures = runRounds(Date.now() + Number(values.minutes) * 60_000)
for (const failure of failures) console.error(`failed: ${failure}`)
process.exit(failures.length === 0 ? 0 : 1)

function refuseWhatIsWrong() {
  const unknown = runtimes.filter(runtime => !known.includes(runtime))
  const noNumbers = Object.keys(options).filter(name => !(Number(values[name]) >= 0))
  if (unknown.length + noNumbers.length === 0) return
  for (const runtime of unknown) console.error(`No runtime '${runtime}'; there are ${known.join(', ')}.`)
  for (const name of noNumbers) console.error(`--${name} must be a number, not '${String(values[name])}'.`)
  process.exit(2)
}

/** At least one run, then as many as begin before the end. */
function runRounds(end) {
  const failed = []
  for (let seed = Number(values.seed); ; seed++) {
    for (const runtime of runtimes) {
      if (!fuzz(runtime, seed)) failed.push(`${runtime}, seed ${seed}, ${String(values.runs)} sequences`)
      if (Date.now() >= end) return failed
    }
  }
}

function fuzz(runtime, seed) {
  console.log(`\n${runtime}, seed ${seed}`)
  const env = { ...environment(), LUA_FUZZ_SEED: String(seed), LUA_FUZZ_RUNS: values.runs }
  return vitest(['run', '--root', folder, `test/fuzz/${runtime}.test.ts`], { cwd: folder, env }) === 0
}
