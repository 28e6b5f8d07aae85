import { describe, expect, test } from 'vitest'
import { runVitest } from '../bed/run-vitest.ts'
import { BARE, STRICT, SUPPORTED } from '../bed/vitests.ts'
import { reasonMissing } from '../reason-missing.ts'

const RUNTIMES = ['luajit', 'lua5.4', 'wasmoon'] as const

const reasons = new Map<string, string | undefined>()
for (const runtime of RUNTIMES) reasons.set(runtime, await reasonMissing(runtime))
const installed = RUNTIMES.filter(runtime => reasons.get(runtime) === undefined)

/** Tests of the fixture lua-errors, and what must be shown of each. */
const FAILING = {
  'an error in a Lua file': ["'bonus'", '❯ function lua/rules.lua:4:1', '4|   return base + bonus.amount'],
  'a syntax error in a Lua file': ["unexpected symbol near '='", '❯ main chunk lua/broken.lua:2:1'],
  'an endless loop': ['LuaTimeoutError: ', 'limit of 500 ms'],
  'an endless loop in a coroutine that pcall protects': ['LuaTimeoutError: ', 'limit of 500 ms'],
  'os.exit': ['os.exit(3) was called'],
}

describe.each(SUPPORTED)('on $name', bed => {
  test('one suite runs on several runtimes, a project for each', async ({ skip }) => {
    skip(installed.length === 0, 'none of them is installed')
    const run = await runVitest(bed, 'runtimes', { env: { RUNTIMES: installed.join(',') } })
    expect(run.code, run.stderr).toBe(0)
    // Each has five tests, and one for each runtime that it changes to: the others, and fengari.
    expect(run.stdout).toContain(`${installed.length * (5 + installed.length)} passed`)
    const files = Object.fromEntries(run.report?.files.map(file => [file.runtime, file]) ?? [])
    expect(Object.keys(files).toSorted()).toEqual(installed.toSorted())
    for (const runtime of installed) {
      expect(files[runtime]).toMatchObject({
        project: runtime,
        luaFiles: ['lua/price.lua'],
        engines: { opened: 4 + installed.length, disposed: 4 + installed.length, left: 0 },
        findings: [
          {
            kind: 'engine-left-open',
            text: `Lua state (${runtime}) was left open and was disposed when the file ended`,
            test: { fullName: 'a state that is left open is named' },
            at: { file: 'test/every.test.ts', line: 45 },
          },
        ],
      })
    }
  })

  test('errors in Lua files show Lua frames and code on each, and endless loops end', async ({ skip }) => {
    skip(installed.length === 0, 'none of them is installed')
    const names = Object.keys(FAILING)
    const args = ['--config', 'runtimes.config.ts', '-t', [...names, 'is usable after'].join('|')]
    const run = await runVitest(bed, 'lua-errors', { args, env: { RUNTIMES: installed.join(',') } })
    expect(run.stdout).toContain(`${installed.length * names.length} failed | ${installed.length} passed`)
    // Errors that are the same on several runtimes are shown once.
    const errors = run.stderr.split(/\[\d+\/\d+\]/)
    for (const [name, parts] of Object.entries(FAILING)) {
      for (const runtime of installed) {
        const title = `FAIL  |${runtime}| test/errors.test.ts > ${name}\n`
        const error = errors.find(text => text.includes(title))
        for (const part of parts) expect(error, `${runtime}: ${name}`).toContain(part)
      }
    }
  })

  test('limits on memory, paths of C modules and the end of programs reach a native state', async ({
    skip,
  }) => {
    skip(!installed.includes('lua5.4'), reasons.get('lua5.4'))
    const run = await runVitest(bed, 'state-limits')
    expect(run.stdout, run.stderr).toContain('1 failed | 4 passed')
    expect(run.stdout).toMatch(/process \d+ \(.*sleep 600\) was left running and was ended/)
    expect(run.stderr).toContain(
      "luaOptions chooses the runtime 'fengari', but the settings of the project have packageCPath, and 'fengari' loads no C modules;",
    )
  })
})

test('a package that is missing is told before any worker starts', async () => {
  const run = await runVitest(BARE, 'one-runtime', { env: { RUNTIME: 'wasmoon' } })
  expect(run.code).toBe(1)
  expect(run.stderr).toContain(
    "- runtime: 'wasmoon' needs the package wasmoon, which is not installed. Install it (npm install --save-dev wasmoon), or choose another runtime",
  )
  expect(run.stdout).not.toContain('test/first.test.ts')
})

test('a runtime that cannot be loaded is an error of each file, and nothing hangs', async () => {
  const run = await runVitest(BARE, 'one-runtime', { env: { RUNTIME: 'luajit' } })
  expect(run.code).toBe(1)
  expect(run.stdout).toContain('2 failed')
  for (const file of ['first', 'second']) expect(run.stderr).toContain(`FAIL  test/${file}.test.ts`)
  expect(run.stderr).toContain("openLua('luajit') needs the package koffi, which could not be loaded")
  expect(run.stderr).not.toContain('Worker exited unexpectedly')
})

test("under pnpm's strict layout the project's koffi reaches the state package", async ({ skip }) => {
  skip(!installed.includes('luajit'), reasons.get('luajit'))
  const run = await runVitest(STRICT, 'one-runtime', { env: { RUNTIME: 'luajit' } })
  expect(run.code, run.stderr).toBe(0)
  expect(run.stdout).toContain('2 passed')
  const without = await runVitest(STRICT, 'one-runtime', { env: { RUNTIME: 'wasmoon' } })
  expect(without.stderr).toContain("'wasmoon' needs the package wasmoon, which is not installed")
})
