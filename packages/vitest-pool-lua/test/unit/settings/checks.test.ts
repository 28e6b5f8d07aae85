import { join } from 'node:path'
import { expect, test } from 'vitest'
import { resolveSettings } from '../../../src/settings/resolve-settings.ts'
import { temporaryProject } from '../temporary-project.ts'
import { problemsOf } from './problems-of.ts'

const REGISTRY = `'prom-client' or the path of a module that exports registries`

test('a registry may be named with what it is put back to', () => {
  const root = temporaryProject({ 'r.ts': '' })
  const registries = [
    'prom-client',
    ['prom-client', { to: 'baseline' }],
    [join(root, 'r.ts'), {}],
    ['./r.ts'],
  ]
  expect(resolveSettings({ registries }, root).registries).toEqual([
    { source: 'prom-client', to: 'baseline' },
    { source: 'prom-client', to: 'baseline' },
    { source: join(root, 'r.ts'), to: 'baseline' },
    { source: join(root, 'r.ts'), to: 'baseline' },
  ])
})

test.each([
  ['of the wrong type', 5, `registries[0]: got 5, allowed is ${REGISTRY}`],
  ['without a name', '', `registries[0]: got "", allowed is ${REGISTRY}`],
  [
    'of a package that nobody knows',
    'pino',
    `registries[0]: got "pino", allowed is ${REGISTRY}; a path begins with './'`,
  ],
  [
    'by a path that does not begin with a dot',
    'test/registries.ts',
    `registries[0]: got "test/registries.ts", allowed is ${REGISTRY}; a path begins with './'`,
  ],
  ['of a later version', 'mongoose', `registries[0]: not available yet. Allowed is ${REGISTRY}`],
  [
    'of a later version, wiped',
    ['mongoose', { to: 'empty' }],
    `registries[0]: not available yet. Allowed is ${REGISTRY}`,
  ],
  [
    'put back to what there is not',
    ['prom-client', { to: 'zero' }],
    `registries[0].to: got "zero", allowed is 'baseline' or 'empty'`,
  ],
  [
    'with an option that there is not',
    ['prom-client', { from: 'empty' }],
    'registries[0].from: no such setting; there are to',
  ],
  [
    'with options of the wrong type',
    ['prom-client', 'empty'],
    'registries[0]: got "empty", allowed is a plain object',
  ],
])('a registry %s is refused', (_, registry, problem) => {
  expect(problemsOf({ registries: [registry] })).toEqual([problem])
})

test('registries must be an array', () => {
  expect(problemsOf({ registries: 'prom-client' })).toEqual([
    'registries: got "prom-client", allowed is an array of registries',
  ])
})

test('a module of registries that is missing is told with the root', () => {
  const root = temporaryProject()
  expect(problemsOf({ registries: ['./registries.ts'] }, root)).toEqual([
    `registries[0]: "./registries.ts" is not a file. Paths are relative to the project's root, ${root}`,
  ])
})

test.each(['./db.ts', './db.ts#', '#disposeAll', './db.ts#a#b'])('the engine %j is refused', engine => {
  expect(problemsOf({ engines: [engine] })).toEqual([
    `engines[0]: got "${engine}", allowed is 'path#export', like './src/db.ts#disposeAll'`,
  ])
})

test.each([5, '', null])('the engine %j is refused', engine => {
  expect(problemsOf({ engines: [engine] })).toEqual([
    `engines[0]: got ${JSON.stringify(engine)}, allowed is 'path#export'`,
  ])
})

test('engines must be an array', () => {
  expect(problemsOf({ engines: './db.ts#end' })).toEqual([
    `engines: got "./db.ts#end", allowed is an array of 'path#export'`,
  ])
})

test('an engine of a module that is missing is told with the root', () => {
  const root = temporaryProject()
  expect(problemsOf({ engines: ['./db.ts#disposeAll'] }, root)).toEqual([
    `engines[0]: "./db.ts" is not a file. Paths are relative to the project's root, ${root}`,
  ])
})
