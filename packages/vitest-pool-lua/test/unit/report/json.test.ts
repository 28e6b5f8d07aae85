import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { jsonReport, writeJson } from '../../../src/report/json.ts'
import { totals } from '../../../src/report/ledger.ts'
import { engineLeftOpen, fileReport } from '../samples.ts'
import { temporaryProject } from '../temporary-project.ts'

const files = [
  fileReport({ findings: [{ ...engineLeftOpen(), severity: 'warn' }] }),
  fileReport({ file: 'test/other.test.ts' }),
]

test('the report has its version, the run with its totals, and every file', () => {
  expect(jsonReport('run-1', files)).toEqual({
    version: 1,
    run: { id: 'run-1', totals: totals(files) },
    files,
  })
})

test('every file has what the contract names', () => {
  const [file] = jsonReport('run-1', files).files
  expect(file).toMatchObject({
    project: expect.any(String) as string,
    runtime: 'fengari',
    file: 'test/orders.test.ts',
    tests: { passed: 1, failed: 0, skipped: 0, lost: 0 },
    deaths: [],
    workers: [{ pid: 100, reused: false }],
    findings: [
      {
        kind: 'engine-left-open',
        severity: 'warn',
        test: { id: 'id of orders > are stored', fullName: 'orders > are stored' },
        at: { file: 'test/orders.test.ts', line: 12, column: 3 },
        text: expect.any(String) as string,
      },
    ],
    engines: { opened: 0, disposed: 0, left: 0 },
    processes: { started: 0, ended: 0, tier: 'brand' },
    memory: { start: 40_000_000, peak: 60_000_000, end: 50_000_000 },
  })
})

test('it is written into a folder that was not there', () => {
  const path = join(temporaryProject(), 'reports', 'of today', 'lua.json')
  const report = jsonReport('run-1', files)
  writeJson(path, report)
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(report)
})

test('it takes the place of the report before it, and ends with a line break', () => {
  const root = temporaryProject({ 'lua.json': 'x'.repeat(100_000) })
  const path = join(root, 'lua.json')
  writeJson(path, jsonReport('run-2', []))
  const text = readFileSync(path, 'utf8')
  expect(JSON.parse(text)).toMatchObject({ run: { id: 'run-2' }, files: [] })
  expect(text.endsWith('}\n')).toBe(true)
})
