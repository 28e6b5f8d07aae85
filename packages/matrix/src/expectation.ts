/**
 * What must come of a cell, by the contract alone (docs/nothing-lost.md): a pure function of death and moment.
 *
 *     expectationOf(cellNamed('SIGKILL', 'the middle test'))
 *     // the test 'middle > two' fails, the others pass, the verdict is died-in-test, the run ends with 1
 */
import type { Cell } from './cell.ts'
import type { Death, Manner } from './deaths.ts'
import { TESTS } from './moments.ts'
import type { Where } from './moments.ts'

export interface Expectation {
  /** One of them: two where a timer may come too late. */
  readonly exitCodes: readonly number[]
  readonly file: TestState
  /** By full name; none if the file could not be collected. */
  readonly tests: Readonly<Record<string, TestState>>
  /** The suite that fails by itself, and not by one of its tests. */
  readonly failedSuite: string | null
  /** One of them; null is no death. */
  readonly verdicts: readonly (string | null)[]
  /** Whom the death names: one of these tests, and the hook. */
  readonly culprits: readonly (string | null)[]
  readonly hook: string | null
  /** The tests that run in a fresh worker. */
  readonly resumed: readonly string[]
  /** Whether Vitest tells of an error that belongs to no test. */
  readonly unhandled: 'no' | 'yes' | 'perhaps'
}

export type TestState = 'passed' | 'failed' | 'skipped'

type In<P extends Where['phase']> = Extract<Where, { phase: P }>

const PASSES: Expectation = {
  exitCodes: [0],
  file: 'passed',
  tests: statesWith([], 'passed'),
  failedSuite: null,
  verdicts: [null],
  culprits: [null],
  hook: null,
  resumed: [],
  unhandled: 'no',
}

const FAILS: Expectation = { ...PASSES, exitCodes: [1], file: 'failed' }

export function expectationOf({ death, moment: { where } }: Cell): Expectation {
  const { manner } = death
  switch (where.phase) {
    case 'import':
      return { ...FAILS, tests: {}, verdicts: [verdictOn(manner, 'died-while-collecting')] }
    case 'hook of a suite':
      return inHookOfSuite(where, manner)
    case 'hook of a test':
      return inHookOfTest(where, manner)
    case 'test':
      return inTest(where, manner)
    case 'after':
      return afterLast(where, manner)
    case 'ending':
      return whileEnding(where, death)
  }
}

/** What throws is an ordinary failure, and no death. */
function verdictOn(manner: Manner, verdict: string): string | null {
  if (manner === 'throws') return null
  return manner === 'blocks' ? 'blocked' : verdict
}

function inTest({ dying, running }: In<'test'>, manner: Manner): Expectation {
  if (manner === 'throws') return { ...FAILS, tests: statesWith([dying], 'failed') }
  return {
    ...FAILS,
    tests: statesWith(running, 'failed'),
    verdicts: [verdictOn(manner, 'died-in-test')],
    // Of several the one that began first, unless it can be seen which of them it was.
    culprits: [running[0] ?? null, dying],
    resumed: testsAfter(running.at(-1)),
  }
}

function inHookOfTest({ hook, test }: In<'hook of a test'>, manner: Manner): Expectation {
  const failing = { ...FAILS, tests: statesWith([test], 'failed') }
  if (manner === 'throws') return failing
  return {
    ...failing,
    verdicts: [verdictOn(manner, 'died-in-hook')],
    culprits: [test],
    hook,
    resumed: testsAfter(test),
  }
}

/** `beforeAll` costs the tests of its suite, `afterAll` none. */
function inHookOfSuite({ hook, suite }: In<'hook of a suite'>, manner: Manner): Expectation {
  const ofSuite = TESTS.filter(test => suite === '' || test.startsWith(`${suite} > `))
  const tests = statesWith(hook === 'beforeAll' ? ofSuite : [], 'skipped')
  const failing = { ...FAILS, tests, failedSuite: suite }
  if (manner === 'throws') return failing
  return {
    ...failing,
    verdicts: [verdictOn(manner, 'died-in-hook')],
    hook,
    resumed: testsAfter(ofSuite.at(-1)),
  }
}

/** The file has its result. What a timer throws is Vitest's to tell; it may come too late for that, and to die. */
function afterLast({ delay }: In<'after'>, manner: Manner): Expectation {
  const late = delay > 0
  if (manner === 'throws') {
    return { ...PASSES, exitCodes: late ? [0, 1] : [1], unhandled: late ? 'perhaps' : 'yes' }
  }
  return { ...PASSES, verdicts: late ? ['died-after-file', null] : ['died-after-file'] }
}

/** A finalizer of Lua keeps its errors to itself. Who is told to end by a signal may do so by itself, with 0. */
function whileEnding({ by }: In<'ending'>, { manner, code }: Death): Expectation {
  const crashes: Expectation = { ...PASSES, verdicts: ['died-after-file'] }
  switch (by) {
    case '__gc':
      return manner === 'throws' ? PASSES : crashes
    case 'teardown':
      return manner === 'throws' ? { ...PASSES, exitCodes: [1], unhandled: 'yes' } : crashes
    case 'signal':
      return code === 0 ? PASSES : crashes
  }
}

function statesWith(some: readonly string[], state: TestState): Record<string, TestState> {
  return Object.fromEntries(TESTS.map(test => [test, some.includes(test) ? state : 'passed']))
}

function testsAfter(test: string | undefined): readonly string[] {
  return test === undefined ? [] : TESTS.slice(TESTS.indexOf(test) + 1)
}
