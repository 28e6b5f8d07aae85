import { expect, test } from 'vitest'
import { PoolError } from '../../../src/errors.ts'
import { resolveSettings } from '../../../src/settings/resolve-settings.ts'
import { thrownBy } from '../thrown.ts'
import { problemsOf } from './problems-of.ts'

const INTO_A_MODULE =
  'Settings travel to another process, which a function cannot: put it in a module and give its path'

function prepare(): void {}

test.each([
  ['setup', { setup: prepare }],
  ['engines[0]', { engines: [prepare] }],
  ['registries[0]', { registries: [prepare] }],
  ['runtime', { runtime: prepare }],
  ['limits', { limits: prepare }],
  ['lua(...)', prepare],
])('a function as %s is told to go into a module', (at, options) => {
  const [problem, ...more] = problemsOf(options)
  expect(more).toEqual([])
  expect(problem?.startsWith(`${at}: got the function prepare, allowed is `)).toBe(true)
  expect(problem?.endsWith(`. ${INTO_A_MODULE}`)).toBe(true)
})

test('a function without a name is called a function', () => {
  const [nameless] = [() => {}]
  expect(problemsOf({ setup: nameless })[0]).toContain('setup: got a function, allowed is')
})

test('everything that is wrong is told in one error, each by its path', () => {
  const options = {
    scope: 'suite',
    limits: { call: -1, settle: -5 },
    engines: ['./nowhere.ts#dispose'],
    findings: { 'engine-left-open': 'fatal' },
    allow: [{ kind: 'process-left-running', match: 'esbuild' }],
    specs: [],
    colour: 'blue',
  }
  const error = thrownBy(() => resolveSettings(options, '/project'))
  expect(error).toBeInstanceOf(PoolError)
  expect((error as PoolError).message).toMatchInlineSnapshot(`
    "The settings of lua() cannot be used. 8 things are wrong:
      - specs: not available yet. Leave it out for now
      - colour: no such setting; there are runtime, scope, setup, packagePath, packageCPath, isolation, afterDeath, maxWorkerRestarts, limits, registries, engines, processes, findings, allow, outputFile
      - limits.call: got -1, allowed is a number of milliseconds, 1 or more
      - limits.settle: got -5, allowed is a number of milliseconds, 0 or more
      - scope: got "suite", allowed is 'file' or 'test'
      - engines[0]: "./nowhere.ts" is not a file. Paths are relative to the project's root, /project
      - findings.engine-left-open: got "fatal", allowed is 'off' or 'warn' or 'error'
      - allow[0].reason: is missing; it says why this finding is expected
    Mend them in your Vitest config, where it calls lua({ ... }); no worker was started. [LUA_POOL_SETTINGS_INVALID]"
  `)
})

test('one thing that is wrong is told in the singular', () => {
  const error = thrownBy(() => resolveSettings({ scope: 'suite' }, '/project'))
  expect((error as PoolError).message).toMatchInlineSnapshot(`
    "The settings of lua() cannot be used. One thing is wrong:
      - scope: got "suite", allowed is 'file' or 'test'
    Mend them in your Vitest config, where it calls lua({ ... }); no worker was started. [LUA_POOL_SETTINGS_INVALID]"
  `)
})

test('a long value is told by its beginning', () => {
  const scope = 'file-'.repeat(50)
  const [problem = ''] = problemsOf({ scope })
  expect(problem).toMatch(/^scope: got "file-file-[^ ]*\.\.\., allowed is/)
  expect(problem.length).toBeLessThan(110)
})

test.each([
  ['a regular expression', /esbuild/, '/esbuild/'],
  ['a symbol', Symbol('it'), 'Symbol(it)'],
  ['a big integer', 5n, '5n'],
  ['a plain object', { a: 1 }, '{ a: 1 }'],
])('%s is shown as a user would write it', (_, value, shown) => {
  expect(problemsOf({ outputFile: value })).toEqual([
    `outputFile: got ${shown}, allowed is the path of the JSON report`,
  ])
})

const circular: unknown[] = []
circular.push(circular)

test.each([
  ['an array that contains itself', circular],
  ['an object without a prototype', Object.create(null)],
  ['an object with a big integer in it', { bytes: 5n }],
])('%s is refused like any other wrong value', (_, value: unknown) => {
  expect(problemsOf({ outputFile: value, scope: 'suite' })).toHaveLength(2)
})

test('what contradicts the plugin elsewhere is told with the rest', () => {
  const conflicts = [{ at: 'test.isolate', says: 'got false' }]
  expect(() => resolveSettings({ scope: 'suite' }, '/project', { conflicts })).toThrow(
    /2 things are wrong:\n {2}- scope: .*\n {2}- test\.isolate: got false\n/,
  )
})
