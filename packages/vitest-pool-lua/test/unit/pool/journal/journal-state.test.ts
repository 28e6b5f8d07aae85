import { describe, expect, test } from 'vitest'
import type { AddedSnapshot } from '../../../../src/protocol/resume.ts'
import { testName } from '../../samples.ts'
import { FILE_ID, idOf } from '../file/file-tasks.ts'
import {
  BEGAN,
  beat,
  bodyBegan,
  bodyEnded,
  CLOSED,
  CLOSING,
  collected,
  COLLECTING,
  ending,
  hookBegan,
  hookEnded,
  hookLimit,
  importEnded,
  importing,
  journalOf,
  ran,
  RUNS,
  testBegan,
  testEnded,
  wrote,
} from './journal-lines.ts'

test('before its first line a worker boots, and nothing is known of it', () => {
  const state = journalOf()
  expect(state).toMatchObject({ phase: 'booting', pid: null, began: 0, lastSign: 0, inspector: false })
})

test('the first line says who it is, and when it began', () => {
  expect(journalOf({ ...BEGAN, at: 7 })).toMatchObject({ phase: 'booting', pid: 100, began: 7, since: 7 })
})

test.each([
  ['collecting', [COLLECTING]],
  ['running', [COLLECTING, collected()]],
  ['closing', [COLLECTING, collected(), CLOSING]],
  ['closed', [COLLECTING, collected(), CLOSING, CLOSED]],
])('it is %s since the last line that says so', (phase, lines) => {
  const state = journalOf(BEGAN, ...lines, beat())
  expect(state.phase).toBe(phase)
  expect(state.since).toBe(lines.length + 1)
  expect(state.lastSign).toBe(lines.length + 2)
})

test('what stands at its very end is kept as it was told', () => {
  expect(journalOf(CLOSED).closed).toMatchObject({ result: { state: 'pass' }, meta: { mine: true } })
})

test('the suites that ask for their order are known once the file is collected', () => {
  expect([...journalOf(COLLECTING, collected('block', 'other')).sequential]).toEqual([
    idOf('block'),
    idOf('other'),
  ])
})

test('modules that are being evaluated stand in their order, those that are over are gone', () => {
  const lines = [importing('a.test.ts'), importing('b.ts'), importEnded('b.ts'), importing('c.ts')]
  expect(journalOf(...lines).importing).toEqual(['a.test.ts', 'c.ts'])
  expect(journalOf(...lines, importEnded('c.ts'), importEnded('never.ts')).importing).toEqual(['a.test.ts'])
})

describe('tests', () => {
  test('run from their beginning to their end, whatever runs in them', () => {
    const lines = [testBegan('adds'), bodyBegan('adds'), bodyEnded('adds')]
    expect([...journalOf(...lines).running.values()]).toEqual([
      { test: testName('adds'), at: 1, retry: 0, repeat: 0 },
    ])
    expect(journalOf(...lines, testEnded('adds')).running.size).toBe(0)
  })

  test('that run at the same time stand in the order in which they began', () => {
    const lines = [testBegan('adds'), testBegan('divides'), testBegan('rounds'), testEnded('adds')]
    expect([...journalOf(...lines).running.keys()]).toEqual([idOf('divides'), idOf('rounds')])
  })

  test('know their attempt', () => {
    const attempt = { type: 'attempt-began', test: idOf('adds'), retry: 2, repeat: 1 } as const
    expect(journalOf(testBegan('adds'), attempt).running.get(idOf('adds'))).toMatchObject({
      retry: 2,
      repeat: 1,
    })
    expect(journalOf(attempt).running.size).toBe(0)
  })

  test('that have ended keep their result and what was said of them', () => {
    const result = { state: 'fail', duration: 3, errors: [{ name: 'Error', message: 'no', stack: '' }] }
    const end = {
      type: 'test-ended',
      test: idOf('adds'),
      result,
      meta: { benchmark: 1 },
      rss: 5,
    } as const
    expect(journalOf(testBegan('adds'), end).ended).toEqual([
      { id: idOf('adds'), result, meta: { benchmark: 1 } },
    ])
  })
})

test('suites that have ended keep their result', () => {
  const state = journalOf({ type: 'suite-ended', suite: idOf('numbers'), result: { state: 'fail' } })
  expect([...state.endedSuites]).toEqual([[idOf('numbers'), { state: 'fail' }]])
})

describe('functions of the user', () => {
  test('stand in the order in which they began', () => {
    const lines = [testBegan('adds'), hookBegan('aroundEach', { test: 'adds' }), bodyBegan('adds', 100)]
    expect(journalOf(...lines).activities).toEqual([
      {
        kind: 'hook',
        run: 1,
        hook: 'aroundEach',
        suite: '',
        suiteId: FILE_ID,
        test: testName('adds'),
        at: 2,
        timeout: null,
      },
      { kind: 'body', test: idOf('adds'), at: 3, timeout: 100 },
    ])
  })

  test('that are over are gone, also where others began later', () => {
    const both = [bodyBegan('adds'), bodyBegan('divides'), bodyEnded('adds')]
    expect(journalOf(...both).activities).toMatchObject([{ test: idOf('divides') }])
    const hooks = [hookBegan('beforeEach', { run: 1 }), hookBegan('beforeEach', { run: 2 }), hookEnded(1)]
    expect(journalOf(...hooks).activities).toMatchObject([{ run: 2 }])
  })

  test('have no limit where the timeout is 0, and a hook has none before it is told', () => {
    expect(journalOf(bodyBegan('adds', 0)).activities).toMatchObject([{ timeout: null }])
    expect(journalOf(hookBegan('beforeAll')).activities).toMatchObject([{ timeout: null }])
    expect(journalOf(hookBegan('beforeAll'), hookLimit(300)).activities).toMatchObject([{ timeout: 300 }])
  })

  test('a limit is that of the hook that it names', () => {
    const lines = [hookBegan('beforeEach', { run: 1 }), hookBegan('beforeEach', { run: 2 })]
    expect(journalOf(...lines, hookLimit(300, 1), hookLimit(5, 9)).activities).toMatchObject([
      { run: 1, timeout: 300 },
      { run: 2, timeout: null },
    ])
  })
})

describe('signs of life', () => {
  test('are all lines', () => {
    expect(journalOf(...RUNS, { ...testBegan('adds'), at: 900 }).lastSign).toBe(900)
  })

  test('are not what a thread of the runtime writes: it says nothing of the event loop', () => {
    const stuck = { type: 'stuck-in-lua', runtime: 'luajit', frames: [], at: 900 } as const
    const state = journalOf({ ...beat(), at: 10 }, stuck)
    expect(state.lastSign).toBe(10)
    expect(state.stuckInLua).toMatchObject({ runtime: 'luajit', frames: [] })
  })

  test('say whether somebody may stop the worker in a debugger, now', () => {
    expect(journalOf(beat(true)).inspector).toBe(true)
    expect(journalOf(beat(true), beat(false)).inspector).toBe(false)
  })
})

test('a call that nobody can look into is known as long as it lasts', () => {
  const call = { type: 'call-began', call: 'Atomics.wait', stack: '    at f (a.ts:1:1)' } as const
  expect(journalOf(call).call).toMatchObject({ call: 'Atomics.wait', stack: '    at f (a.ts:1:1)' })
  expect(journalOf(call, { type: 'call-ended' }).call).toBeNull()
})

test('of several calls that end a process the first one did', () => {
  expect(journalOf(ending('process.exit(3)'), ending('process.reallyExit(3)')).ending).toMatchObject({
    call: 'process.exit(3)',
  })
})

test('what was printed is kept for each stream by itself', () => {
  const { printed } = journalOf(wrote('stdout', 'one '), wrote('stderr', 'trouble'), wrote('stdout', 'two'))
  expect([printed.stdout.untold(), printed.stderr.untold()]).toEqual(['one two', 'trouble'])
})

test('snapshots that were made are kept', () => {
  const snapshot: AddedSnapshot = { key: 'adds 1', received: '3', options: { testId: idOf('adds') } }
  expect(journalOf({ type: 'snapshot-added', snapshot }).snapshots).toEqual([snapshot])
})

test('the lines that speak of memory are kept, and no others', () => {
  const { memory } = journalOf(...RUNS, ...ran('adds'), beat(), CLOSING)
  expect(memory.map(({ type }) => type)).toEqual([
    'began',
    'collected',
    'test-began',
    'test-ended',
    'closing',
  ])
})

test('Lua files that were loaded are known, each once', () => {
  const first = { type: 'lua-loaded', files: ['/a.lua', '/b.lua'] } as const
  const state = journalOf(first, { type: 'lua-loaded', files: ['/b.lua'] })
  expect([...state.luaFiles]).toEqual(['/a.lua', '/b.lua'])
})
