import { join } from 'node:path'
import { expect, test } from 'vitest'
import { RUNTIMES } from '../../../src/protocol/runtimes.ts'
import { resolveSettings } from '../../../src/settings/resolve-settings.ts'
import { temporaryProject } from '../temporary-project.ts'
import { problemsOf } from './problems-of.ts'

const NAMES = RUNTIMES.map(name => `'${name}'`).join(' or ')

test.each(RUNTIMES)('%s can be asked for', runtime => {
  expect(resolveSettings({ runtime }, '/project').runtime).toBe(runtime)
})

test.each([
  [5, '5'],
  ['lua', '"lua"'],
  ['lua5.5', '"lua5.5"'],
  [null, 'null'],
])('the runtime %s is refused with those that there are', (runtime, shown) => {
  expect(problemsOf({ runtime })).toEqual([`runtime: got ${shown}, allowed is ${NAMES}`])
})

test("a runtime of the project's own is not available yet", () => {
  expect(problemsOf({ runtime: './my-runtime.ts' })).toEqual([
    `runtime: not available yet. Allowed is ${NAMES}`,
  ])
})

test.each(['luajit', 'lua5.1', 'lua5.4'])('%s is given C modules and a limit on memory', runtime => {
  const root = temporaryProject()
  const options = { runtime, packageCPath: ['lib/?.so'], limits: { stateMemory: '1MB' } }
  expect(resolveSettings(options, root)).toMatchObject({
    packageCPath: [join(root, 'lib/?.so')],
    stateMemory: 1_000_000,
  })
})

test('what the runtime cannot serve is refused with the runtimes that can', () => {
  expect(problemsOf({ packageCPath: ['lib/?.so'], limits: { stateMemory: '1MB' } })).toEqual([
    "packageCPath: 'fengari' loads no C modules; 'luajit', 'lua5.1', 'lua5.2', 'lua5.3', 'lua5.4' do",
    "limits.stateMemory: 'fengari' has no limit on memory; 'wasmoon', 'luajit', 'lua5.1', 'lua5.2', 'lua5.3', 'lua5.4' have",
  ])
  expect(problemsOf({ runtime: 'wasmoon', packageCPath: [] })).toEqual([
    "packageCPath: 'wasmoon' loads no C modules; 'luajit', 'lua5.1', 'lua5.2', 'lua5.3', 'lua5.4' do",
  ])
})

test('of a runtime that nobody knows nothing else is said', () => {
  expect(problemsOf({ runtime: 'lua', packageCPath: ['lib/?.so'] })).toHaveLength(1)
})

test.each([
  ['lib/?.so', `packageCPath: got "lib/?.so", allowed is an array of patterns like 'lib/?.so'`],
  [['lib/x.so'], `packageCPath[0]: got "lib/x.so", allowed is a pattern with a '?' for the module's name`],
])('the packageCPath %j is refused', (packageCPath, problem) => {
  expect(problemsOf({ runtime: 'luajit', packageCPath })).toEqual([problem])
})
