/** Blocks whose tests are to run in order (`describe.sequential`): one is resumed as a whole, or not at all. */
import { describe, expect, test } from 'vitest'
import { planAfter } from '../../../../src/pool/resume/plan.ts'
import { file, idOf, suite, test as task } from '../file/file-tasks.ts'
import { inSuiteHook, inTests, known, results, situation } from './situations.ts'

const DEATH = 'The worker was ended by SIGSEGV.'
const LOST = `This test was not run: it stands in "block", whose tests are to run in order, and in whose middle the worker was ended by SIGSEGV. Such a block is not resumed: its next test may count on what the earlier ones did.`

const inBlock = suite('block', [task('one'), suite('within', [task('two')]), task('three')])
const whole = file(task('before'), inBlock, task('after'))
const sequential = ['block']

describe('a block in whose middle the worker died', () => {
  test('loses what has not finished, and keeps what has', () => {
    const ended = known({ sequential, ended: { before: 'pass', one: 'pass' } })
    const plan = planAfter(situation(whole, inTests('two'), { known: ended }))
    expect(results(plan)).toEqual({ two: ['fail', DEATH], three: ['fail', LOST] })
    expect(plan.tests.map(({ meta }) => meta)).toEqual([{}, { lua: { lost: true } }])
    expect(plan.goesOn).toBe(true)
  })

  test('does so from its first test on', () => {
    const plan = planAfter(situation(whole, inTests('one'), { known: known({ sequential }) }))
    expect(results(plan)).toEqual({ one: ['fail', DEATH], two: ['fail', LOST], three: ['fail', LOST] })
  })

  test('does so between two tests, and after the hook of a suite in it', () => {
    const ended = known({ sequential, ended: { one: 'pass' } })
    const between = planAfter(situation(whole, { in: 'between' }, { known: ended }))
    expect(results(between)).toEqual({ two: ['fail', LOST], three: ['fail', LOST] })
    const inHook = planAfter(situation(whole, inSuiteHook('beforeAll', 'within'), { known: ended }))
    expect(results(inHook)).toEqual({ two: ['skip'], three: ['fail', LOST] })
  })

  test('tries none of its tests again', () => {
    const retried = file(suite('block', [task('one', { retry: 3 }), task('two')]), task('after'))
    const plan = planAfter(situation(retried, inTests('one'), { known: known({ sequential }) }))
    expect(results(plan)).toEqual({ one: ['fail', DEATH, LOST], two: ['fail', LOST] })
    expect(plan.attempts.size).toBe(0)
  })

  test('does not take their attempts from the tests beside it', () => {
    const beside = file(task('beside', { retry: 1 }), suite('block', [task('one'), task('two')]))
    const plan = planAfter(situation(beside, inTests('beside', 'one'), { known: known({ sequential }) }))
    expect([...plan.attempts.keys()]).toEqual([idOf('beside')])
    expect(plan.goesOn).toBe(true)
  })
})

test('a block that had not begun is run as a whole', () => {
  const plan = planAfter(situation(whole, inTests('before'), { known: known({ sequential }) }))
  expect(results(plan)).toEqual({ before: ['fail', DEATH] })
  expect(plan.goesOn).toBe(true)
})

test('a block that had finished keeps its results', () => {
  const ended = known({ sequential, ended: { before: 'pass', one: 'pass', two: 'fail', three: 'pass' } })
  expect(results(planAfter(situation(whole, inTests('after'), { known: ended })))).toEqual({
    after: ['fail', DEATH],
  })
})

test('a test that is skipped anyway does not begin a block', () => {
  const skips = file(task('before'), suite('block', [task('one', { mode: 'skip' }), task('two')]))
  const ended = known({ sequential, ended: { one: 'skip' } })
  expect(results(planAfter(situation(skips, inTests('before'), { known: ended })))).toEqual({
    before: ['fail', DEATH],
  })
})

test('a block whose own beforeAll died is skipped, not lost', () => {
  const plan = planAfter(
    situation(whole, inSuiteHook('beforeAll', 'block'), { known: known({ sequential }) }),
  )
  expect(results(plan)).toEqual({ one: ['skip'], two: ['skip'], three: ['skip'] })
  expect(plan.suites.map(({ id }) => id)).toEqual([idOf('block')])
})

test('a block that is not among the tasks is nobody', () => {
  const plan = planAfter(
    situation(whole, inTests('before'), { known: known({ sequential: ['unheard of'] }) }),
  )
  expect(results(plan)).toEqual({ before: ['fail', DEATH] })
})
