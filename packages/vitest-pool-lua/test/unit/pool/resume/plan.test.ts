import { describe, expect, test } from 'vitest'
import { planAfter, resumeAfter, storyOf } from '../../../../src/pool/resume/plan.ts'
import type { Policy } from '../../../../src/pool/resume/plan.ts'
import { death } from '../../samples.ts'
import { file, idOf, suite, test as task } from '../file/file-tasks.ts'
import { inSuiteHook, inTests, known, results, situation, story } from './situations.ts'

const DEATH = 'The worker was ended by SIGSEGV.'
const LOST: Policy = { rest: 'lost', reason: 'no restart is left.' }
const SKIPPED: Policy = { rest: 'skipped', reason: 'afterDeath is skip' }
const three = file(task('first'), task('second'), task('third'))

describe('after a death in a test', () => {
  const plan = planAfter(situation(three, inTests('second'), { known: known({ ended: { first: 'pass' } }) }))

  test('this one fails with how its worker died, and how long it took', () => {
    expect(results(plan)).toEqual({ second: ['fail', DEATH] })
    expect(plan.tests[0]?.result).toMatchObject({ duration: 7, retryCount: 0 })
  })

  test('the file goes on as long as tests are left', () => {
    expect(plan.goesOn).toBe(true)
    const last = known({ ended: { first: 'pass', third: 'fail' } })
    expect(planAfter(situation(three, inTests('second'), { known: last })).goesOn).toBe(false)
  })

  test('neither suites nor the file fail by themselves', () => {
    expect([plan.suites, plan.fileErrors, [...plan.attempts]]).toEqual([[], [], []])
  })

  test('tests that are not to run are not left', () => {
    const rest = file(task('first'), task('second', { mode: 'skip' }), task('third', { mode: 'todo' }))
    expect(planAfter(situation(rest, inTests('first'))).goesOn).toBe(false)
  })
})

test('of tests that ran at the same time each fails, and names the others', () => {
  const { tests } = planAfter(situation(three, inTests('first', 'second')))
  expect(tests.map(({ id, result }) => [id, result.errors?.[0]?.message.split('\n')[1]])).toEqual([
    [idOf('first'), 'Beside it ran "second": which of them it was, nobody can say.'],
    [idOf('second'), 'Beside it ran "first": which of them it was, nobody can say.'],
  ])
})

test('a test that has its result keeps it, whatever was running', () => {
  const ended = known({ ended: { first: 'skip' } })
  const plan = planAfter(situation(three, inTests('first', 'second'), { known: ended }))
  expect(Object.keys(results(plan))).toEqual(['second'])
})

test('a test that nobody knows fails nobody', () => {
  const plan = planAfter(situation(three, inTests('unheard of')))
  expect([plan.tests, plan.goesOn]).toEqual([[], true])
})

describe('a test that may be tried again', () => {
  const retried = file(task('first', { retry: 2 }), task('second', { retry: { count: 1 } }), task('third'))

  test('has no result yet, and its attempt counts', () => {
    const plan = planAfter(situation(retried, inTests('first')))
    expect(plan.tests).toEqual([])
    expect([...plan.attempts].map(([id, errors]) => [id, errors.length])).toEqual([[idOf('first'), 1]])
    expect(plan.goesOn).toBe(true)
  })

  test('fails with all its deaths after its last attempt', () => {
    const before = known({ attempts: { first: ['one', 'two'] } })
    const plan = planAfter(situation(retried, inTests('first'), { known: before }))
    expect(results(plan)).toEqual({ first: ['fail', 'one', 'two', DEATH] })
    expect(plan.tests[0]?.result.retryCount).toBe(2)
    expect(plan.attempts.size).toBe(0)
  })

  test('may say so by a count', () => {
    expect(planAfter(situation(retried, inTests('second'))).attempts.has(idOf('second'))).toBe(true)
  })

  test('keeps its attempts where another test dies before it', () => {
    const before = known({ attempts: { first: ['one'] } })
    const plan = planAfter(situation(retried, inTests('third'), { known: before }))
    expect([...plan.attempts.keys()]).toEqual([idOf('first')])
  })

  test('has no attempts left to count once it has its result', () => {
    const before = known({ attempts: { first: ['one'] }, ended: { first: 'pass' } })
    expect(planAfter(situation(retried, inTests('third'), { known: before })).attempts.size).toBe(0)
  })

  test.each([LOST, SKIPPED])('fails at once where nothing goes on: $rest', policy => {
    const plan = planAfter(situation(retried, inTests('first'), { policy }))
    expect(results(plan).first).toEqual(['fail', DEATH])
    expect([plan.attempts.size, plan.goesOn]).toEqual([0, false])
  })

  test('fails with the attempts that it had where it cannot be tried again', () => {
    const before = { known: known({ attempts: { first: ['one'] } }) }
    const skipped = planAfter(situation(retried, { in: 'after-file' }, { ...before, policy: SKIPPED }))
    expect(results(skipped)).toEqual({ first: ['fail', 'one'], second: ['skip'], third: ['skip'] })
    const lost = planAfter(situation(retried, { in: 'booting' }, { ...before, policy: LOST }))
    expect(results(lost).first).toEqual(['fail', 'one', 'This test was not run: no restart is left.'])
  })
})

test('a death in a beforeEach is that of its test', () => {
  const hook = inSuiteHook('beforeEach')
  if (hook.in !== 'suite-hook') throw new Error('no hook')
  const where = { ...inTests('first'), hook: hook.hook }
  const told = story({ death: death({ hook: { name: 'beforeEach', suite: '' } }) })
  const plan = planAfter(situation(three, where, { story: told }))
  expect(results(plan)).toEqual({
    first: ['fail', 'The worker was ended by SIGSEGV, in the beforeEach hook of the file.'],
  })
})

describe('after a death in a hook of a suite', () => {
  const nested = file(
    suite('outer', [task('before'), suite('inner', [task('first'), task('second')])]),
    task('after'),
  )

  test('it fails as one that throws: what of it has not run is skipped, the others go on', () => {
    const plan = planAfter(
      situation(nested, inSuiteHook('beforeAll', 'inner'), { known: known({ ended: { before: 'pass' } }) }),
    )
    expect(results(plan)).toEqual({ first: ['skip'], second: ['skip'] })
    expect(plan.suites).toMatchObject([
      { id: idOf('inner'), result: { state: 'fail', errors: [{ message: DEATH }] } },
    ])
    expect([plan.fileErrors, plan.goesOn]).toEqual([[], true])
  })

  test('what had run keeps its result', () => {
    const ended = known({ ended: { before: 'pass', first: 'pass', second: 'fail' } })
    const plan = planAfter(situation(nested, inSuiteHook('afterAll', 'inner'), { known: ended }))
    expect([plan.tests, plan.goesOn]).toEqual([[], true])
    expect(plan.suites).toMatchObject([{ id: idOf('inner'), result: { state: 'fail' } }])
  })

  test('one of the file fails the file, and nothing is left', () => {
    const plan = planAfter(situation(nested, inSuiteHook('beforeAll')))
    expect(Object.values(results(plan))).toEqual([['skip'], ['skip'], ['skip'], ['skip']])
    expect([plan.suites, plan.goesOn]).toEqual([[], false])
    expect(plan.fileErrors).toMatchObject([{ name: 'WorkerDeath', message: DEATH }])
  })

  test('one of the file, after all tests, takes no result away', () => {
    const plan = planAfter(
      situation(three, inSuiteHook('afterAll'), {
        known: known({ ended: { first: 'pass', second: 'pass', third: 'pass' } }),
      }),
    )
    expect([plan.tests, plan.fileErrors.length, plan.goesOn]).toEqual([[], 1, false])
  })

  test('of a suite that is not known the file answers for it', () => {
    const plan = planAfter(situation(three, inSuiteHook('beforeAll', 'unheard of')))
    expect([plan.fileErrors.length, plan.goesOn]).toEqual([1, false])
  })
})

test('a death between tests fails the file, and costs no test', () => {
  const plan = planAfter(situation(three, { in: 'between' }, { known: known({ ended: { first: 'pass' } }) }))
  expect([plan.tests, plan.goesOn]).toEqual([[], true])
  expect(plan.fileErrors).toMatchObject([{ message: DEATH }])
})

test.each(['booting', 'collecting'] as const)(
  'a death %s in a second worker fails the file, and the rest is lost',
  moment => {
    const where = moment === 'booting' ? ({ in: moment } as const) : ({ in: moment, module: 'a.ts' } as const)
    const plan = planAfter(
      situation(three, where, { policy: LOST, known: known({ ended: { first: 'fail' } }) }),
    )
    const lost = ['fail', 'This test was not run: no restart is left.']
    expect(results(plan)).toEqual({ second: lost, third: lost })
    expect(plan.tests.map(({ meta }) => meta)).toEqual([{ lua: { lost: true } }, { lua: { lost: true } }])
    expect([plan.fileErrors.length, plan.goesOn]).toEqual([1, false])
  },
)

test('a death after the file concerns nobody', () => {
  const ended = known({ ended: { first: 'pass', second: 'pass', third: 'pass' } })
  const plan = planAfter(situation(three, { in: 'after-file' }, { known: ended }))
  expect(plan).toMatchObject({ tests: [], suites: [], fileErrors: [], goesOn: false })
})

test('where the rest is skipped it says why, and is not lost', () => {
  const plan = planAfter(situation(three, inTests('first'), { policy: SKIPPED }))
  expect(results(plan)).toEqual({ first: ['fail', DEATH], second: ['skip'], third: ['skip'] })
  expect(plan.tests[1]).toMatchObject({ result: { note: 'afterDeath is skip' }, meta: {} })
  expect(plan.goesOn).toBe(false)
})

test('what others said of a test stays beside what is said of a lost one', () => {
  const noted = file(task('first'), task('second', { meta: { owner: 'me' } }))
  const { tests } = planAfter(situation(noted, inTests('first'), { policy: LOST }))
  expect(tests[1]?.meta).toEqual({ owner: 'me', lua: { lost: true } })
})

test('a fresh worker is told what has ended, what failed, and what is tried again', () => {
  const before = known({ ended: { first: 'pass', second: 'todo' }, attempts: { third: ['one'] } })
  const resume = resumeAfter({ ...before, failedSuites: [idOf('inner')] }, 'was ended', {
    tests: [[idOf('first'), 'first']],
    elapsed: 12,
    snapshots: [],
  })
  expect(resume).toEqual({
    tests: [[idOf('first'), 'first']],
    finished: { [idOf('first')]: 'pass', [idOf('second')]: 'skip' },
    failedSuites: [idOf('inner')],
    attempts: { [idOf('third')]: [{ name: 'WorkerDeath', message: 'one', stack: 'WorkerDeath: one' }] },
    after: 'was ended',
    elapsed: 12,
    snapshots: [],
  })
})

test('the story of a death names its tests as the file has them', () => {
  const nested = file(suite('outer', [suite('inner', [task('first')])]), task('second'))
  const told = { file: nested, story: story() }
  expect(storyOf({ ...told, where: inTests('first', 'second', 'unheard of') })).toBe(
    'was ended by SIGSEGV in "outer > inner > first", "second"',
  )
  expect(storyOf({ ...told, where: inSuiteHook('afterAll') })).toBe('was ended by SIGSEGV')
})
