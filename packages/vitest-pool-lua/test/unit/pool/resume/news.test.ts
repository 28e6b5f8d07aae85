import { describe, expect, test } from 'vitest'
import { newsAfter, untold } from '../../../../src/pool/resume/news.ts'
import type { News } from '../../../../src/pool/resume/news.ts'
import { planAfter } from '../../../../src/pool/resume/plan.ts'
import type { Known, Plan } from '../../../../src/pool/resume/plan.ts'
import { Told } from '../../../../src/pool/resume/told.ts'
import type { FileTask } from '../../../../src/pool/file/tasks.ts'
import { FILE_ID, file, idOf, suite, test as task } from '../file/file-tasks.ts'
import { collected, journalOf, ran, RUNS, testBegan } from '../journal/journal-lines.ts'
import { collectedMessage } from '../file/updates.ts'
import { inSuiteHook, inTests, known, situation } from './situations.ts'

function toldOf(whole: FileTask): Told {
  const told = new Told()
  told.pass(collectedMessage(whole))
  return told
}

/** In a few words: 'first pass' for a pack, 'first test-finished' for an event. */
function inWords({ packs, events }: News): { packs: string[]; events: string[] } {
  return {
    packs: packs.map(([id, result]) => `${nameFrom(id)} ${result?.state ?? 'nothing'}`),
    events: events.map(([id, event]) => `${nameFrom(id)} ${event}`),
  }
}

function nameFrom(id: string): string {
  return id.replace('id of ', '')
}

const nested = file(task('before'), suite('outer', [task('first'), suite('inner', [task('second')])]))
const NOTHING: Plan = { tests: [], suites: [], fileErrors: [], attempts: new Map(), goesOn: true }

function planOf(whole: FileTask, name: string, changes: Known = known()): Plan {
  return planAfter(situation(whole, inTests(name), { known: changes }))
}

test('what had ended and was not sent is told first, then what the death made', () => {
  const told = toldOf(nested)
  const journal = journalOf(...RUNS, ...ran('before'), testBegan('first'))
  const plan = planOf(nested, 'first', known({ ended: { before: 'pass' } }))
  expect(inWords(newsAfter(told, nested, plan, journal))).toEqual({
    packs: ['the file run', 'before pass', 'outer run', 'first fail'],
    events: [
      'the file suite-prepare',
      'before test-prepare',
      'before test-finished',
      'outer suite-prepare',
      'first test-prepare',
      'first test-finished',
    ],
  })
})

test('what was sent is not told again', () => {
  const told = toldOf(nested)
  told.enter(
    [[idOf('before'), { state: 'pass' }, {}]],
    [
      [FILE_ID, 'suite-prepare', undefined],
      [idOf('before'), 'test-finished', undefined],
      [idOf('outer'), 'suite-prepare', undefined],
      [idOf('first'), 'test-prepare', undefined],
    ],
  )
  const journal = journalOf(...RUNS, ...ran('before'), testBegan('first'))
  expect(untold(told, journal)).toEqual([])
  expect(inWords(newsAfter(told, nested, planOf(nested, 'first'), journal))).toEqual({
    packs: ['first fail'],
    events: ['first test-finished'],
  })
})

test('a result is told with its errors, its time and its meta as the journal has them', () => {
  const result = { state: 'fail', duration: 3, errors: [{ name: 'Error', message: 'no', stack: 's' }] }
  const journal = journalOf({
    type: 'test-ended',
    test: idOf('before'),
    result,
    meta: { mine: 1 },
    rss: 1,
  })
  const news = newsAfter(toldOf(nested), nested, NOTHING, journal)
  expect(news.packs).toContainEqual([idOf('before'), result, { mine: 1 }])
})

describe('a suite of which nothing is left', () => {
  test.each([
    ['fail', ['pass', 'fail']],
    ['pass', ['pass', 'skip']],
    ['skip', ['skip', 'skip']],
  ])('ends, and is a %s where its tests are %j', (state, [one = '', two = '']) => {
    const whole = file(suite('both', [task('one'), task('two')]), task('after'))
    const journal = journalOf(...RUNS, ...ran('one', one), ...ran('two', two))
    const { packs, events } = inWords(newsAfter(toldOf(whole), whole, NOTHING, journal))
    expect(packs.at(-1)).toBe(`both ${state}`)
    expect(events.at(-1)).toBe('both suite-finished')
  })

  test('ends with the result that its worker wrote', () => {
    const whole = file(suite('both', [task('one')]), task('after'))
    const result = { state: 'fail', errors: [{ name: 'Error', message: 'in afterAll', stack: '' }] }
    const journal = journalOf(...RUNS, ...ran('one'), { type: 'suite-ended', suite: idOf('both'), result })
    expect(newsAfter(toldOf(whole), whole, NOTHING, journal).packs.at(-1)).toEqual([idOf('both'), result, {}])
  })

  test('ends with what the plan makes of it, and those around it go on', () => {
    const plan = planAfter(situation(nested, inSuiteHook('beforeAll', 'inner')))
    const news = newsAfter(toldOf(nested), nested, plan, journalOf(...RUNS))
    expect(inWords(news).packs).toEqual([
      'the file run',
      'outer run',
      'inner run',
      'second skip',
      'inner fail',
    ])
    expect(news.packs.at(-1)?.[1]?.errors).toHaveLength(1)
  })

  test('ends before the suite around it', () => {
    const whole = file(suite('outer', [suite('inner', [task('only')])]))
    const plan = planOf(whole, 'only')
    const { events } = inWords(newsAfter(toldOf(whole), whole, plan, journalOf(...RUNS, testBegan('only'))))
    expect(events.slice(-3)).toEqual(['only test-finished', 'inner suite-finished', 'outer suite-finished'])
  })

  test('has the tests that were skipped from the first told with it', () => {
    const skipped = task('skipped', { mode: 'skip', result: { state: 'skip' } })
    const whole = file(suite('both', [task('one'), skipped]))
    const { packs, events } = inWords(
      newsAfter(toldOf(whole), whole, planOf(whole, 'one'), journalOf(...RUNS, testBegan('one'))),
    )
    expect(packs).toEqual(['the file run', 'both run', 'one fail', 'skipped skip', 'both fail'])
    expect(events.filter(event => event.startsWith('skipped'))).toEqual([
      'skipped test-prepare',
      'skipped test-finished',
    ])
  })
})

describe('a suite that is left', () => {
  test('does not end as long as one of its tests is to run', () => {
    const { events } = inWords(
      newsAfter(toldOf(nested), nested, planOf(nested, 'first'), journalOf(...RUNS, testBegan('first'))),
    )
    expect(events).not.toContain('outer suite-finished')
  })

  test('does not end as long as one of its tests is tried again', () => {
    const whole = file(suite('both', [task('one', { retry: 1 })]))
    const news = newsAfter(toldOf(whole), whole, planOf(whole, 'one'), journalOf(...RUNS, testBegan('one')))
    expect(inWords(news)).toEqual({ packs: [], events: [] })
  })

  test('because all of it is skipped is told of by the fresh worker, and here where none comes', () => {
    const skipped = task('one', { mode: 'skip' })
    const whole = file(skipped, suite('skips', [task('two', { mode: 'skip' })], { mode: 'skip' }))
    const told = toldOf(whole)
    const journal = journalOf(...RUNS, collected())
    expect(inWords(newsAfter(told, whole, NOTHING, journal)).events).toEqual([])
    expect(inWords(newsAfter(told, whole, { ...NOTHING, goesOn: false }, journal)).events).toEqual([
      'the file suite-prepare',
      'skips suite-prepare',
      // Of "two" Vitest tells by itself.
      'skips suite-finished',
      'one test-prepare',
      'one test-finished',
    ])
  })
})

test('told twice, the second time is no news', () => {
  const told = toldOf(nested)
  const journal = journalOf(...RUNS, ...ran('before'), ...ran('first'), ...ran('second'))
  const first = newsAfter(told, nested, { ...NOTHING, goesOn: false }, journal)
  told.enter(first.packs, first.events)
  expect(newsAfter(told, nested, { ...NOTHING, goesOn: false }, journal)).toMatchObject({
    packs: [],
    events: [],
  })
  expect(told.openSuites()).toEqual([])
})
