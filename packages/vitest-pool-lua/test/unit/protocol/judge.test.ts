import { expect, test } from 'vitest'
import { judge, severityOf } from '../../../src/protocol/judge.ts'
import {
  engineLeftOpen,
  memoryGrew,
  oneOfEach,
  processLeftRunning,
  registryGrew,
  teardownCrash,
} from '../samples.ts'

test('without settings every finding is a warning', () => {
  const judged = judge(oneOfEach(), { findings: {}, allow: [] })
  expect(judged).toMatchObject(oneOfEach())
  expect(judged.map(({ severity }) => severity)).toEqual(oneOfEach().map(() => 'warn'))
})

test('a severity for all kinds yields to one for a kind', () => {
  const findings = { '*': 'error', 'engine-left-open': 'warn' } as const
  const judged = judge([engineLeftOpen(), registryGrew()], { findings, allow: [] })
  expect(judged.map(({ kind, severity }) => [kind, severity])).toEqual([
    ['engine-left-open', 'warn'],
    ['registry-grew', 'error'],
  ])
})

test('what is off is gone', () => {
  const findings = { 'registry-grew': 'off' } as const
  const judged = judge([registryGrew(), engineLeftOpen()], { findings, allow: [] })
  expect(judged.map(({ kind }) => kind)).toEqual(['engine-left-open'])
})

test('with everything off, one kind may still be told', () => {
  const findings = { '*': 'off', 'guard-failed': 'error' } as const
  const judged = judge(oneOfEach(), { findings, allow: [] })
  expect(judged.map(({ kind, severity }) => [kind, severity])).toEqual([['guard-failed', 'error']])
})

test('an allowed finding is gone, however severe its kind is', () => {
  const allow = [{ kind: 'engine-left-open', match: 'database', reason: 'shared' }] as const
  expect(judge([engineLeftOpen()], { findings: { '*': 'error' }, allow })).toEqual([])
})

test('a growth is allowed by a test it names, and a teardown crash by its words', () => {
  const allow = [
    { kind: 'memory-grew', match: 'caches', reason: 'they are meant to be full' },
    { kind: 'teardown-crash', match: 'SIGSEGV', reason: 'a known bug of a driver' },
  ] as const
  const aborted = teardownCrash({ signal: 'SIGABRT', text: 'its worker was ended by SIGABRT' })
  const judged = judge([memoryGrew(), teardownCrash(), aborted], { findings: {}, allow })
  expect(judged).toEqual([{ ...aborted, severity: 'warn' }])
})

test('an allowance concerns its own kind only', () => {
  const allow = [{ kind: 'guard-failed', match: 'database', reason: 'shared' }] as const
  expect(judge([engineLeftOpen()], { findings: {}, allow })).toHaveLength(1)
})

test('an allowance that matches nothing of a finding leaves it', () => {
  const allow = [{ kind: 'engine-left-open', match: 'server', reason: 'shared' }] as const
  expect(judge([engineLeftOpen()], { findings: {}, allow })).toHaveLength(1)
})

test('a process is allowed by its command too', () => {
  const allow = [{ kind: 'process-left-running', match: 'esbuild', reason: 'lives on' }] as const
  const esbuild = processLeftRunning({ command: '/bin/esbuild --service', text: 'process 1 was left' })
  const sleep = processLeftRunning()
  expect(judge([esbuild, sleep], { findings: {}, allow })).toEqual([{ ...sleep, severity: 'warn' }])
})

test('judging changes nothing in what was discovered', () => {
  const discovery = Object.freeze(engineLeftOpen())
  judge([discovery], { findings: {}, allow: [] })
  expect(discovery).toEqual(engineLeftOpen())
})

test('the severity of a kind is its own, else that of all, else a warning', () => {
  expect(severityOf('registry-grew', { findings: { 'registry-grew': 'off', '*': 'error' } })).toBe('off')
  expect(severityOf('registry-grew', { findings: { 'guard-failed': 'off', '*': 'error' } })).toBe('error')
  expect(severityOf('registry-grew', { findings: {} })).toBe('warn')
})

test('an allowed key of a registry does not hide the others', () => {
  const allow = [{ kind: 'registry-grew', match: 'ok_total', reason: 'shared' }] as const
  const grown = registryGrew({ count: 2, added: ['ok_total', 'bad_total'] })
  expect(judge([grown], { findings: {}, allow })).toMatchObject([
    {
      count: 1,
      added: ['bad_total'],
      text: 'the registry "prom-client" had grown by 1: bad_total; it was put back',
    },
  ])
  expect(judge([registryGrew({ added: ['ok_total'] })], { findings: {}, allow })).toEqual([])
})

test('a whole registry may be allowed', () => {
  const allow = [{ kind: 'registry-grew', match: 'prom-client', reason: 'shared' }] as const
  expect(judge([registryGrew()], { findings: {}, allow })).toEqual([])
})
