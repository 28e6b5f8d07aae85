import { describe, expect, test } from 'vitest'
import { batchesOf } from '../src/batches.ts'
import { cellNamed, cellsOf, fileOf } from '../src/cell.ts'
import type { Cell } from '../src/cell.ts'
import { expectationOf } from '../src/expectation.ts'
import type { FileOutcome, RunEnded, TestOutcome } from '../src/outcome.ts'
import { problemsOfCell, problemsOfRun } from '../src/problems.ts'
import { BYSTANDERS } from '../src/project.ts'

const ALL = cellsOf({ deaths: [], moments: [] })
const KILLED = cellNamed('SIGKILL', 'the middle test')

/** A run that came out as it should. */
function runAsExpected(cell: Cell, change: Partial<FileOutcome> = {}): RunEnded {
  const file: FileOutcome = { ...fileAsExpected(cell), ...change }
  const bystanders = BYSTANDERS.map(name => fileThatPasses(name))
  const [exitCode = 0] = expectationOf(cell).exitCodes
  return {
    status: 'ended',
    exitCode,
    ms: 1,
    files: [file, ...bystanders],
    unhandled: [],
    left: [],
    output: '',
  }
}

function fileAsExpected(cell: Cell): FileOutcome {
  const { tests, file, verdicts, culprits, hook, resumed } = expectationOf(cell)
  const [verdict = null] = verdicts
  const [culprit = null] = culprits
  const whom = {
    test: culprit === null ? null : { fullName: culprit },
    hook: hook === null ? null : { name: hook, suite: '' },
  }
  return {
    file: fileOf(cell),
    state: file,
    errors: [],
    suites: [],
    tests: Object.entries(tests).map(([name, state]) => ({
      name,
      state,
      errors: state === 'failed' ? ['dead'] : [],
      lua: resumed.includes(name) ? { resumed: true } : {},
    })),
    deaths:
      verdict === null ? [] : [{ ...whom, signal: null, code: null, verdict, words: 'was ended by SIGKILL' }],
  }
}

function fileThatPasses(name: string): FileOutcome {
  const tests = [passed('one'), passed('two')]
  return { file: name, state: 'passed', errors: [], suites: [], tests, deaths: [] }
}

function passed(name: string): TestOutcome {
  return { name, state: 'passed', errors: [], lua: {} }
}

test('every cell has a file of its own', () => {
  expect(new Set(ALL.map(fileOf)).size).toBe(ALL.length)
})

test('cells that share a run end it with the same exit code', () => {
  for (const batch of batchesOf(ALL, 16)) {
    expect(new Set(batch.map(cell => expectationOf(cell).exitCodes.join())).size).toBe(1)
  }
})

test('a part of a name that nothing has is refused with the names that there are', () => {
  expect(() => cellsOf({ deaths: ['SIGFOO'], moments: [] })).toThrow(/No death has 'SIGFOO'.*SIGKILL/)
})

describe('of a run that came out as it should', () => {
  test('there is no problem', () => {
    const run = runAsExpected(KILLED)
    expect([...problemsOfRun([KILLED], run), ...problemsOfCell(KILLED, run)]).toEqual([])
  })
})

describe('a problem is', () => {
  const { tests, deaths } = fileAsExpected(KILLED)

  test('a test without a result', () => {
    const lost = tests.map(one => (one.name === 'last' ? Object.assign({}, one, { state: 'pending' }) : one))
    expect(problemsOfCell(KILLED, runAsExpected(KILLED, { tests: lost }))).toEqual([
      'last: expected passed, found pending',
    ])
  })

  test('a test that nobody expected', () => {
    const run = runAsExpected(KILLED, { tests: [...tests, passed('another')] })
    expect(problemsOfCell(KILLED, run)).toEqual(['another: expected undefined, found passed'])
  })

  test('a death that is not told, or is told twice', () => {
    expect(problemsOfCell(KILLED, runAsExpected(KILLED, { deaths: [] }))).toEqual([
      'verdict: expected died-in-test, found null',
    ])
    expect(problemsOfCell(KILLED, runAsExpected(KILLED, { deaths: [...deaths, ...deaths] }))).toEqual([
      '2 deaths: was ended by SIGKILL; was ended by SIGKILL',
    ])
  })

  test('a file that nothing is told of, and a run that hangs', () => {
    const run = runAsExpected(KILLED)
    expect(problemsOfCell(KILLED, { ...run, files: [] })).toEqual(['nothing was told of the file'])
    expect(problemsOfRun([KILLED], { status: 'hung', ms: 20_000, output: '' })).toEqual([
      'had not ended after 20 s',
    ])
  })

  test('an exit code, a file beside, an error or a process that should not be', () => {
    const run = {
      ...runAsExpected(KILLED),
      exitCode: 0,
      unhandled: ['oh'],
      left: ['sleep 3600'],
    }
    expect(problemsOfRun([KILLED], { ...run, files: run.files.slice(0, 2) })).toEqual([
      'exit code: expected 1, found 0',
      'z-after: expected passed, passed, found ',
      'unhandled: oh',
      'left running: sleep 3600',
    ])
  })
})
