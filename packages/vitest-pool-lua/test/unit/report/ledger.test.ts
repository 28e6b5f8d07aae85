import { expect, test } from 'vitest'
import { fileReport as report, totals } from '../../../src/report/ledger.ts'
import { MEGABYTE, death, engineLeftOpen, fileRecord, fileReport } from '../samples.ts'

const TESTS = { passed: 3, failed: 1, skipped: 2, lost: 0 }
const account = { collected: 6, tests: TESTS, resumed: 2, lostReason: 'why', lostButNotFailed: 0 }
const warned = { ...engineLeftOpen(), severity: 'warn' } as const
const failed = { ...engineLeftOpen(), severity: 'error' } as const

test('a file report is what the worker told with what Vitest knows, but for the run', () => {
  const record = fileRecord({ findings: [warned], luaFiles: ['lua/rules.lua'] })
  const { run: _run, ...known } = record
  expect(report({ record, project: 'unit', account })).toEqual({
    ...known,
    project: 'unit',
    tests: TESTS,
    resumed: 2,
    lostReason: 'why',
  })
})

test('a run without files has totals of nothing', () => {
  expect(totals([])).toEqual({
    files: 0,
    workers: 0,
    tests: { passed: 0, failed: 0, skipped: 0, lost: 0 },
    deaths: 0,
    findings: { warn: 0, error: 0 },
    engines: { opened: 0, disposed: 0, left: 0 },
    registries: { putBack: 0 },
    processes: { started: 0, ended: 0 },
    memory: { peak: 0 },
  })
})

test('totals are the sums over all files, and the peak of the largest', () => {
  const one = fileReport({
    tests: TESTS,
    findings: [warned, failed],
    engines: { opened: 3, disposed: 2, left: 1 },
    registries: { putBack: 4 },
    processes: { started: 5, ended: 2, tier: 'brand' },
    memory: { start: 0, peak: 80 * MEGABYTE, end: 0 },
  })
  const other = fileReport({
    workers: [
      { pid: 200, reused: false },
      { pid: 201, reused: false },
    ],
    tests: { ...TESTS, lost: 1 },
    deaths: [death()],
    findings: [failed],
    engines: { opened: 1, disposed: 1, left: 0 },
    registries: { putBack: 1 },
    processes: { started: 1, ended: 1, tier: 'proc' },
    memory: { start: 0, peak: 30 * MEGABYTE, end: 0 },
  })
  expect(totals([one, other])).toEqual({
    files: 2,
    workers: 3,
    tests: { passed: 6, failed: 2, skipped: 4, lost: 1 },
    deaths: 1,
    findings: { warn: 1, error: 2 },
    engines: { opened: 4, disposed: 3, left: 1 },
    registries: { putBack: 5 },
    processes: { started: 6, ended: 3 },
    memory: { peak: 80 * MEGABYTE },
  })
})

test('a worker that ran several files is one worker', () => {
  const workers = [{ pid: 7, reused: true }]
  expect(totals([fileReport({ workers }), fileReport({ workers })])).toMatchObject({ files: 2, workers: 1 })
})
