import { expect, test } from 'vitest'
import { isStray, leftRunning, straySweepOptions } from '../../../src/protocol/stray.ts'
import { testName } from '../samples.ts'

const swept = { pid: 4321, ppid: 4300, command: 'sleep 600', ageMs: 1240.4, cpuMs: 3, rssBytes: 1_000_000 }

test('a sweep is told of the allowances for processes and of no others', () => {
  const esbuild = { kind: 'process-left-running', match: 'esbuild', reason: 'lives on' } as const
  const database = { kind: 'engine-left-open', match: 'database', reason: 'shared' } as const
  expect(straySweepOptions({ tier: 'tree', termAfter: 50, allow: [database, esbuild] })).toEqual({
    tier: 'tree',
    termAfter: 50,
    allow: [esbuild],
    exempting: { name: 'VITEST_POOL_LUA_KEEP', value: '1' },
    label: 'VITEST_POOL_LUA_SPAWN',
  })
})

test.each([
  ['ended', true],
  ['survived', true],
  ['allowed', false],
  ['kept', false],
] as const)('a process that was %s is a stray: %s', (outcome, expected) => {
  expect(isStray({ ...swept, outcome })).toBe(expected)
})

test('a stray that was ended becomes a finding with its test and its line', () => {
  const starts = testName('starts a server')
  const at = { file: '/project/a.test.ts', line: 3, column: 5 }
  expect(leftRunning({ ...swept, outcome: 'ended' }, { test: starts, at })).toEqual({
    kind: 'process-left-running',
    pid: 4321,
    command: 'sleep 600',
    age: 1240.4,
    cpu: 3,
    rss: 1_000_000,
    outcome: 'ended',
    test: starts,
    at,
    text: 'process 4321 (sleep 600) was left running and was ended: 1.2 s old, 0.0 s of processor time, 1 MB',
  })
})

test('a stray that could not be ended is told as such', () => {
  const finding = leftRunning({ ...swept, outcome: 'survived' }, { test: null, at: null })
  expect(finding).toMatchObject({ outcome: 'survived', test: null, at: null })
  expect(finding.text).toBe(
    'process 4321 (sleep 600) was left running and could not be ended: 1.2 s old, 0.0 s of processor time, 1 MB',
  )
})
