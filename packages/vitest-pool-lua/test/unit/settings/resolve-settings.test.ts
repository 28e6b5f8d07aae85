import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { resolveSettings } from '../../../src/settings/resolve-settings.ts'
import { temporaryProject } from '../temporary-project.ts'
import { problemsOf } from './problems-of.ts'

const ROOT = resolve('/project')
const onLinux = process.platform === 'linux'
const TIER = onLinux ? 'proc' : 'tree'

test.each([{ options: undefined }, { options: {} }])('$options stand for every default', ({ options }) => {
  expect(resolveSettings(options, ROOT)).toEqual({
    root: ROOT,
    runRoot: ROOT,
    runtime: 'fengari',
    scope: 'file',
    setup: null,
    packagePath: null,
    packageCPath: null,
    afterDeath: 'resume',
    maxWorkerRestarts: 4,
    callLimit: null,
    grace: 2_000,
    collectLimit: 60_000,
    stateMemory: null,
    workerMemory: null,
    settle: 1_000,
    registries: [],
    engines: [],
    tier: TIER,
    processLimit: null,
    termAfter: 200,
    findings: {},
    allow: [],
    outputFile: null,
  })
})

test('every setting that is right arrives, with its paths made absolute from the root', () => {
  const root = temporaryProject({ 'test/lua.setup.ts': '', 'test/registries.ts': '', 'src/db.ts': '' })
  const options = {
    runtime: 'luajit',
    scope: 'test',
    setup: './test/lua.setup.ts',
    packagePath: ['lua/?.lua', './lua/?/init.lua'],
    packageCPath: ['lib/?.so'],
    isolation: 'file',
    afterDeath: 'skip',
    maxWorkerRestarts: 1,
    limits: {
      call: 5_000,
      grace: 1_000,
      collect: 30_000,
      stateMemory: '256MB',
      workerMemory: '2GB',
      settle: 250,
    },
    registries: ['prom-client', ['./test/registries.ts', { to: 'empty' }]],
    engines: ['./src/db.ts#disposeAll'],
    processes: { tier: TIER, timeout: 120_000, termAfter: 0 },
    findings: { '*': 'error', 'guard-failed': 'off' },
    allow: [{ kind: 'process-left-running', match: 'esbuild', reason: 'its service lives on' }],
    outputFile: 'reports/lua.json',
  }

  expect(resolveSettings(options, root)).toEqual({
    root,
    runRoot: root,
    runtime: 'luajit',
    scope: 'test',
    setup: join(root, 'test/lua.setup.ts'),
    packagePath: [join(root, 'lua/?.lua'), join(root, 'lua/?/init.lua')],
    packageCPath: [join(root, 'lib/?.so')],
    afterDeath: 'skip',
    maxWorkerRestarts: 1,
    callLimit: 5_000,
    grace: 1_000,
    collectLimit: 30_000,
    stateMemory: 256_000_000,
    workerMemory: 2_000_000_000,
    settle: 250,
    registries: [
      { source: 'prom-client', to: 'baseline' },
      { source: join(root, 'test/registries.ts'), to: 'empty' },
    ],
    engines: [{ file: join(root, 'src/db.ts'), exportName: 'disposeAll' }],
    tier: TIER,
    processLimit: 120_000,
    termAfter: 0,
    findings: { '*': 'error', 'guard-failed': 'off' },
    allow: [{ kind: 'process-left-running', match: 'esbuild', reason: 'its service lives on' }],
    outputFile: join(root, 'reports/lua.json'),
  })
})

test('settings are the same after their journey to the worker', () => {
  const root = temporaryProject({ 'a.ts': '' })
  const settings = resolveSettings(
    { setup: 'a.ts', engines: ['a.ts#end'], registries: [['./a.ts', { to: 'baseline' }]] },
    root,
  )
  expect(JSON.parse(JSON.stringify(settings))).toEqual(settings)
})

test('settings that are undefined are settings that were not given', () => {
  const options = {
    scope: undefined,
    limits: { call: undefined },
    specs: undefined,
    processes: { timeout: undefined },
  }
  expect(resolveSettings(options, ROOT)).toEqual(resolveSettings({}, ROOT))
})

test('an absolute path stays as it is', () => {
  const root = temporaryProject({ 'setup.ts': '' })
  const elsewhere = temporaryProject()
  const settings = resolveSettings({ setup: join(root, 'setup.ts'), outputFile: '/tmp/x.json' }, elsewhere)
  expect(settings).toMatchObject({ setup: join(root, 'setup.ts'), outputFile: resolve('/tmp/x.json') })
})

test('an empty packagePath is not the default one', () => {
  expect(resolveSettings({ packagePath: [] }, ROOT).packagePath).toEqual([])
})

test.each([
  ['scope', { scope: 'suite' }, `scope: got "suite", allowed is 'file' or 'test'`],
  ['setup', { setup: 1 }, 'setup: got 1, allowed is the path of a module that exports a Lua setup'],
  [
    'packagePath',
    { packagePath: 'lua/?.lua' },
    `packagePath: got "lua/?.lua", allowed is an array of patterns like 'lua/?.lua'`,
  ],
  [
    'packagePath',
    { packagePath: ['ok/?.lua', 7] },
    `packagePath[1]: got 7, allowed is a pattern like 'lua/?.lua'`,
  ],
  [
    'packagePath',
    { packagePath: ['lua/init.lua'] },
    `packagePath[0]: got "lua/init.lua", allowed is a pattern with a '?' for the module's name`,
  ],
  ['afterDeath', { afterDeath: 'stop' }, `afterDeath: got "stop", allowed is 'resume' or 'skip'`],
  ['isolation', { isolation: false }, `isolation: got false, allowed is 'file'`],
  ['limits', { limits: 5 }, 'limits: got 5, allowed is a plain object'],
  ['processes', { processes: [] }, 'processes: got [], allowed is a plain object'],
  ['processes.tier', { processes: { tier: 'ps' } }, `processes.tier: got "ps", allowed is 'proc' or 'tree'`],
  ['outputFile', { outputFile: '' }, 'outputFile: got "", allowed is the path of the JSON report'],
  ['outputFile', { outputFile: true }, 'outputFile: got true, allowed is the path of the JSON report'],
])('a wrong %s is refused: %j', (_, options, problem) => {
  expect(problemsOf(options)).toEqual([problem])
})

test.each([
  [null, 'null'],
  ['fengari', '"fengari"'],
  [3, '3'],
  [['fengari'], "[ 'fengari' ]"],
  [new Map(), 'Map(0) {}'],
  [Promise.resolve({}), 'Promise { {} }'],
])('%o in place of the options is refused', (options: unknown, shown) => {
  expect(problemsOf(options)).toEqual([`lua(...): got ${shown}, allowed is a plain object`])
})

test('a registry is given with nothing but its target', () => {
  expect(problemsOf({ registries: [['prom-client', { to: 'empty' }, 'extra']] })).toEqual([
    "registries[0]: got [ 'prom-client', { to: 'empty' }, 'extra' ], allowed is a registry, or a pair of a registry and { to }",
  ])
})

test.each([0, -5, 0.5, Number.NaN, Number.POSITIVE_INFINITY, '5000', null])(
  'limits.call cannot be %s',
  call => {
    const given = typeof call === 'string' ? JSON.stringify(call) : String(call)
    expect(problemsOf({ limits: { call } })).toEqual([
      `limits.call: got ${given}, allowed is a number of milliseconds, 1 or more`,
    ])
  },
)

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, '200'])(
  'processes.termAfter cannot be %s',
  termAfter => {
    const given = typeof termAfter === 'string' ? JSON.stringify(termAfter) : String(termAfter)
    expect(problemsOf({ processes: { termAfter } })).toEqual([
      `processes.termAfter: got ${given}, allowed is a number of milliseconds, 0 or more`,
    ])
  },
)

test.runIf(onLinux)('on Linux strays may be found by descent alone', () => {
  expect(resolveSettings({ processes: { tier: 'tree' } }, ROOT).tier).toBe('tree')
})

test.skipIf(onLinux)('the tier proc is refused where there is no /proc', () => {
  expect(problemsOf({ processes: { tier: 'proc' } })).toEqual([
    `processes.tier: 'proc' reads /proc, which ${process.platform} has not; allowed is 'tree'`,
  ])
})

test('unknown settings are told with those that there are', () => {
  expect(problemsOf({ setUp: './a.ts', limits: { calls: 1 }, processes: { term: 1 } })).toEqual([
    'setUp: no such setting; there are runtime, scope, setup, packagePath, packageCPath, isolation, afterDeath, maxWorkerRestarts, limits, registries, engines, processes, findings, allow, outputFile',
    'limits.calls: no such setting; there are call, grace, collect, stateMemory, workerMemory, settle',
    'processes.term: no such setting; there are tier, timeout, termAfter',
  ])
})

test.each([
  ['specs', { specs: ['**/*_spec.lua'] }],
  ['isolation', { isolation: 'verified' }],
])('%s of a later version is not available yet: %j', (at, options) => {
  expect(problemsOf(options)).toEqual([expect.stringMatching(`^${at}: not available yet`)])
})

test('a setup that is no file is told with the root', () => {
  const root = temporaryProject({ 'test/setup.ts': '' })
  const says = `is not a file. Paths are relative to the project's root, ${root}`
  expect(problemsOf({ setup: './setup.ts' }, root)).toEqual([`setup: "./setup.ts" ${says}`])
  expect(problemsOf({ setup: './test' }, root)).toEqual([`setup: "./test" ${says}`])
})
