import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url))

const rows = [
  'opening',
  'closing',
  'JS calls Lua: two numbers',
  'JS calls Lua: a text, and back',
  'Lua calls JS: a text, and back',
  '10,000 callbacks with a number',
  'iterating a list of 10,000 numbers',
  'iterating a table of 10,000 keys',
  'passing an object of 1,000 keys',
  'workload: fib',
  'workload: strings',
  'workload: tables',
  'restoring a baseline',
  'a branch, from start to end',
  '1,000 calls of add: first',
  '1,000 calls of add: mean',
  '1,000 calls of add: P95',
  '1,000 calls of add: P99',
  'RSS of a live state',
  'RSS after 10 open-close cycles',
  'RSS after 50 open-close cycles',
]

test(
  'a quick run of the state on fengari measures every row, on both sides, and ends well',
  { timeout: 60_000 },
  () => {
    const file = path.join(temporaryFolder(), 'figures')
    const written = ['--json', `${file}.json`, '--markdown', `${file}.md`]
    const { status, stdout, stderr } = bench('state', 'fengari', '--quick', ...written)

    expect(stderr).toBe('')
    expect(status).toBe(0)
    const shown = stdout.split('\n').map(line => line.trim())
    for (const row of rows) expect(shown.some(line => line.startsWith(row))).toBe(true)
    const [part] = JSON.parse(readFileSync(`${file}.json`, 'utf8')).suites.state
    expect(part).toMatchObject({ name: 'fengari', status: 'measured' })
    expect(part.rows.map(({ name }: { name: string }) => name)).toEqual(rows)
    const table = readFileSync(`${file}.md`, 'utf8').trim().split('\n')
    expect(table.slice(2).map(line => line.split(' | ')[0])).toEqual(rows.map(row => `| ${row}`))
  },
)

test('a suite or a part that there is not is refused, with those that there are', () => {
  expect(bench('stat')).toMatchObject({
    status: 1,
    stderr: "There is no suite 'stat'. There is state, pool.\n",
  })
  const { status, stderr } = bench('state', 'lua6')
  expect(status).toBe(1)
  expect(stderr).toContain("The suite 'state' has no part lua6. It has fengari, wasmoon, luajit, lua5.1")
})

function bench(...args: string[]) {
  return spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' })
}

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'benchmarks-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}
