import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import type { Finding } from '../../../src/protocol/finding.ts'
import { terminalBlock } from '../../../src/report/terminal.ts'
import {
  MEGABYTE,
  death,
  engineLeftOpen,
  fileReport,
  guardFailure,
  processLeftRunning,
  registryGrew,
  teardownCrash,
} from '../samples.ts'

const warned = { ...engineLeftOpen(), severity: 'warn' } as const

test('a run that left nothing behind is told in one line', () => {
  const reports = [
    fileReport({ engines: { opened: 3, disposed: 3, left: 0 } }),
    fileReport({
      workers: [{ pid: 101, reused: false }],
      memory: { start: 0, peak: 75.4 * MEGABYTE, end: 0 },
    }),
  ]
  expect(terminalBlock(reports, false)).toMatchInlineSnapshot(
    `" Lua  2 files in 2 workers, 3 engines opened and disposed, peak 75 MB, nothing left behind"`,
  )
})

test('one of each is told in the singular', () => {
  const report = fileReport({ engines: { opened: 1, disposed: 1, left: 0 } })
  expect(terminalBlock([report], false)).toMatchInlineSnapshot(
    `" Lua  1 file in 1 worker, 1 engine opened and disposed, peak 60 MB, nothing left behind"`,
  )
})

test('connections that the system still keeps are told where there is anything to tell', () => {
  const kept = [
    fileReport({ findings: [warned], timeWait: 2 }),
    fileReport({ timeWait: 1 }),
    fileReport({ findings: [] }),
  ]
  expect(terminalBlock(kept, false)).toContain(
    '      sockets     3 connections in TIME_WAIT: the system ends them within a minute\n',
  )
  expect(terminalBlock([fileReport({ findings: [warned] })], false)).not.toContain('sockets')
  expect(terminalBlock([fileReport({ timeWait: 1 })], false)).toContain('nothing left behind')
})

test('a finding is told with its file, its test, what it is and its line', () => {
  const report = fileReport({ findings: [warned], engines: { opened: 2, disposed: 2, left: 0 } })
  expect(terminalBlock([report], false)).toMatchInlineSnapshot(`
    " Lua  1 file in 1 worker, on fengari
          engines     2 opened, 2 disposed, 0 left
          registries  put back 0 times
          processes   0 started, 0 ended
          memory      peak 60 MB (test/orders.test.ts)
          findings    0 errors, 1 warning

     WARN  engine-left-open  test/orders.test.ts > orders > are stored
            the database was left open and was disposed when the file ended
            at test/orders.test.ts:12:3"
  `)
})

test('findings of several files follow in their order, with or without test and line', () => {
  const reports = [
    fileReport({
      findings: [
        { ...registryGrew(), severity: 'error' },
        { ...processLeftRunning(), severity: 'warn' },
      ],
      registries: { putBack: 1 },
      processes: { started: 2, ended: 1, tier: 'brand' },
    }),
    fileReport({
      file: 'test/queue.test.ts',
      workers: [{ pid: 101, reused: false }],
      findings: [
        {
          kind: 'engine-duplicated',
          engine: 'Pool',
          key: 'orders',
          first: { file: 'test/queue.test.ts', line: 4, column: 16 },
          test: { id: '1', fullName: 'opens twice' },
          at: { file: 'test/queue.test.ts', line: 9, column: 16 },
          text: 'Pool was opened for the key "orders" while Pool was still open for it',
          severity: 'warn',
        },
        { ...guardFailure(), severity: 'error' },
      ],
      memory: { start: 0, peak: 512 * MEGABYTE, end: 0 },
    }),
  ]
  expect(terminalBlock(reports, false)).toMatchInlineSnapshot(`
    " Lua  2 files in 2 workers, on fengari
          engines     0 opened, 0 disposed, 0 left
          registries  put back 1 time
          processes   2 started, 1 ended (tier brand)
          memory      peak 512 MB (test/queue.test.ts)
          findings    2 errors, 2 warnings

    ERROR  registry-grew  test/orders.test.ts > counts jobs
            the registry "prom-client" had grown by 1: jobs_total; it was put back
     WARN  process-left-running  test/orders.test.ts (outside of a test)
            process 4321 (sleep 600) was left running and was ended
     WARN  engine-duplicated  test/queue.test.ts > opens twice
            Pool was opened for the key "orders" while Pool was still open for it
            at test/queue.test.ts:9:16
            first opened at test/queue.test.ts:4:16
    ERROR  guard-failed  test/queue.test.ts (outside of a test)
            the guard "engines" failed: Error: no"
  `)
})

test('of a line in a helper it is told who called it', () => {
  const calledFrom = { file: 'test/orders.test.ts', line: 7, column: 9 }
  const at = { file: 'test/helper.ts', line: 3, column: 5, calledFrom }
  expect(terminalBlock([fileReport({ findings: [{ ...warned, at }] })], false)).toContain(
    '        at test/helper.ts:3:5, called from test/orders.test.ts:7:9',
  )
})

test('of many findings that are alike the first are told, and how many more there are', () => {
  const socket = (port: number): Finding => ({
    ...warned,
    kind: 'handle-left-open',
    handle: 'socket',
    text: `the socket to 127.0.0.1:${port} was left open`,
  })
  const sockets = Array.from({ length: 400 }, (_, index) => socket(40_000 + index))
  const block = terminalBlock(
    [fileReport({ findings: [...sockets.slice(1), warned, socket(40_000)] })],
    false,
  )
  expect(block).toContain('findings    0 errors, 401 warnings')
  expect(block.match(/socket to \S+/g)).toHaveLength(5)
  expect(block).toContain('        and 395 more like these\n')
  expect(block).toContain('engine-left-open')
})

test('an engine that could not be disposed is told even where its finding is off', () => {
  const report = fileReport({ engines: { opened: 2, disposed: 1, left: 1 } })
  expect(terminalBlock([report], false)).toMatchInlineSnapshot(`
    " Lua  1 file in 1 worker, on fengari
          engines     2 opened, 1 disposed, 1 left
          registries  put back 0 times
          processes   0 started, 0 ended
          memory      peak 60 MB (test/orders.test.ts)
          findings    0 errors, 0 warnings
    "
  `)
})

test('deaths have a row and come before the findings, which may be of them', () => {
  const reports = [
    fileReport({
      deaths: [death(), death({ verdict: 'died-after-file', test: null })],
      findings: [warned, { ...teardownCrash(), severity: 'warn' }],
      workers: [
        { pid: 100, reused: false },
        { pid: 101, reused: false },
      ],
      resumed: 2,
    }),
  ]
  expect(terminalBlock(reports, false)).toMatchInlineSnapshot(`
    " Lua  1 file in 2 workers, on fengari
          engines     0 opened, 0 disposed, 0 left
          registries  put back 0 times
          processes   0 started, 0 ended
          memory      peak 60 MB (test/orders.test.ts)
          findings    0 errors, 2 warnings
          deaths      2 (1 died-in-test, 1 died-after-file)

    DEATH  died-in-test  test/orders.test.ts > orders > are stored
            its worker was ended by SIGSEGV
            2 tests after it ran in a fresh worker
     WARN  engine-left-open  test/orders.test.ts > orders > are stored
            the database was left open and was disposed when the file ended
            at test/orders.test.ts:12:3
     WARN  teardown-crash  test/orders.test.ts (outside of a test)
            its worker was ended by SIGSEGV after the last hook"
  `)
})

test('a teardown crash whose finding is off is not told', () => {
  const deaths = [death({ verdict: 'died-after-file', test: null })]
  expect(terminalBlock([fileReport({ deaths })], false)).toBe(terminalBlock([fileReport()], false))
})

test('a file of which nobody told anything is told as lost', () => {
  const block = terminalBlock([fileReport({ workers: [] })], false)
  expect(block).toContain('lost        test/orders.test.ts: its worker ended before it could report')
})

test('colours are the only difference between a terminal and a file', () => {
  const reports = [fileReport({ findings: [warned, { ...guardFailure(), severity: 'error' }] })]
  const colourful = terminalBlock(reports, true)
  const plain = terminalBlock(reports, false)
  expect(colourful).not.toBe(plain)
  expect(stripVTControlCharacters(colourful)).toBe(plain)
})

test('several runtimes are all told, each once', () => {
  const reports = [
    fileReport({ findings: [warned] }),
    fileReport({ runtime: 'luajit' }),
    fileReport({ runtime: 'fengari' }),
  ]
  expect(terminalBlock(reports, false).split('\n')[0]).toBe(
    '  Lua  3 files in 1 worker, on fengari, luajit'.slice(1),
  )
})
