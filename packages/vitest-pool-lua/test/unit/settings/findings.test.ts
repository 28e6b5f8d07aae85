import { expect, test } from 'vitest'
import { FINDING_KINDS, FUTURE_KINDS } from '../../../src/protocol/finding.ts'
import { resolveSettings } from '../../../src/settings/resolve-settings.ts'
import { problemsOf } from './problems-of.ts'

test.each(['*', ...FINDING_KINDS])('a severity can be given for %s', kind => {
  for (const severity of ['off', 'warn', 'error']) {
    expect(resolveSettings({ findings: { [kind]: severity } }, '/project').findings).toEqual({
      [kind]: severity,
    })
  }
})

test.each([...FUTURE_KINDS])('no severity can be given yet for %s', kind => {
  expect(problemsOf({ findings: { [kind]: 'warn' } })).toEqual([
    `findings.${kind}: not available yet. Leave it out for now`,
  ])
})

test('a kind that nobody knows is told with those that there are', () => {
  expect(problemsOf({ findings: { 'engine-left': 'warn' } })).toEqual([
    `findings.engine-left: no such setting; there are *, ${FINDING_KINDS.join(', ')}`,
  ])
})

test.each(['fatal', true, 2, null])('%j is no severity', severity => {
  expect(problemsOf({ findings: { '*': severity } })).toEqual([
    `findings.*: got ${JSON.stringify(severity)}, allowed is 'off' or 'warn' or 'error'`,
  ])
})

test('findings must be an object', () => {
  expect(problemsOf({ findings: 'error' })).toEqual(['findings: got "error", allowed is a plain object'])
})

test.each([...FINDING_KINDS])('%s can be allowed', kind => {
  const allow = [{ kind, match: 'esbuild', reason: 'its service lives on' }]
  expect(resolveSettings({ allow }, '/project').allow).toEqual(allow)
})

test('allow must be an array of objects', () => {
  expect(problemsOf({ allow: { kind: 'guard-failed' } })).toEqual([
    "allow: got { kind: 'guard-failed' }, allowed is an array of { kind, match, reason }",
  ])
  expect(problemsOf({ allow: ['esbuild'] })).toContain('allow[0]: got "esbuild", allowed is a plain object')
})

test('an allowance needs its kind, its match and its reason', () => {
  expect(problemsOf({ allow: [{}] })).toEqual([
    expect.stringContaining('allow[0].kind: '),
    expect.stringContaining('allow[0].match: '),
    expect.stringContaining('allow[0].reason: '),
  ])
})

test('an empty match would allow everything, so it is refused', () => {
  const allowance = { kind: 'guard-failed', match: '', reason: 'any' }
  expect(problemsOf({ allow: [allowance] })).toEqual([
    'allow[0].match: got "", allowed is a part of the text or of the command',
  ])
})

test('a pattern as match is refused: settings are data', () => {
  const allowance = { kind: 'guard-failed', match: /esbuild/, reason: 'any' }
  expect(problemsOf({ allow: [allowance] })).toEqual([
    'allow[0].match: got /esbuild/, allowed is a part of the text or of the command',
  ])
})

test('each wrong allowance is told by its place in the list', () => {
  const right = { kind: 'guard-failed', match: 'x', reason: 'y' }
  expect(
    problemsOf({
      allow: [right, { ...right, kind: 'global-changed' }, { ...right, kind: 'leak' }, { ...right, when: 1 }],
    }),
  ).toEqual([
    expect.stringMatching(/^allow\[1\]\.kind: not available yet\. Allowed is 'engine-left-open' or/),
    expect.stringMatching(/^allow\[2\]\.kind: got "leak", allowed is 'engine-left-open' or/),
    'allow[3].when: no such setting; there are kind, match, reason',
  ])
})
