import { describe, expect, test } from 'vitest'
import { FileAccount } from '../../../../src/pool/file/file-account.ts'
import { planAfter } from '../../../../src/pool/resume/plan.ts'
import type { Event, Pack } from '../../../../src/pool/vitest-rpc.ts'
import { death, fileRecord, processLeftRunning } from '../../samples.ts'
import { FILE_ID, file, idOf, suite, test as task } from './file-tasks.ts'
import { journalOf, ran, RUNS, testBegan } from '../journal/journal-lines.ts'
import { inSuiteHook, inTests, situation } from '../resume/situations.ts'
import { collectedMessage, ranMessage, update } from './updates.ts'

const whole = file(task('first'), suite('numbers', [task('second')]))
const NAMES = { run: 'run-1', runtime: 'fengari', file: 'test/math.test.ts' }
const IDENTITY = { ...NAMES, tier: 'brand' } as const
const OWN = { name: 'AssertionError', message: 'its own', stack: '' }

function account(collected = true): FileAccount {
  const made = new FileAccount(IDENTITY, { findings: { 'process-left-running': 'error' }, allow: [] })
  if (collected) made.pass(collectedMessage(whole))
  return made
}

/** The end of the file, as its last worker tells it. */
function fileEnds(state: string, meta: object = { lua: fileRecord() }) {
  const errors = state === 'fail' ? [OWN] : []
  return update([[FILE_ID, { state, errors }, meta]], [[FILE_ID, 'suite-finished', undefined]])
}

function passed(made: FileAccount, message: ReturnType<typeof update>): { packs: Pack[]; events: Event[] } {
  const [packs = [], events = []] = (made.pass(message)?.a ?? []) as [Pack[]?, Event[]?]
  return { packs, events }
}

describe('what a worker tells', () => {
  test('is passed on as it is, tests first', () => {
    const message = ranMessage('first')
    expect(account().pass(message)).toEqual(message)
    expect(account().pass(fileEnds('pass', { mine: 1 }))).toEqual(fileEnds('pass', { mine: 1 }))
  })

  test('once only', () => {
    const made = account()
    made.pass(ranMessage('first'))
    expect(made.pass(ranMessage('first'))).toBeUndefined()
    expect(made.pass(collectedMessage(whole))).toBeUndefined()
  })

  test("of the file's record is completed", () => {
    const made = account()
    made.deaths.push(death())
    made.pids.push(1, 2)
    const { packs } = passed(made, fileEnds('pass'))
    expect(packs[0]?.[2]).toMatchObject({ lua: { deaths: [death()], workers: [{ pid: 1 }, { pid: 2 }] } })
  })

  test("of the file's result has what failed the file before, but not while it runs", () => {
    const made = account()
    const earlier = { name: 'WorkerDeath', message: 'earlier', stack: '' }
    made.errors.push(earlier)
    expect(passed(made, update([[FILE_ID, { state: 'run' }, {}]], [])).packs[0]?.[1]).toEqual({
      state: 'run',
      errors: [earlier],
    })
    expect(passed(made, fileEnds('pass')).packs[0]?.[1]).toEqual({ state: 'fail', errors: [earlier] })
    expect(passed(made, fileEnds('fail')).packs[0]?.[1]).toEqual({ state: 'fail', errors: [earlier, OWN] })
  })
})

describe('what is known after a death', () => {
  const journal = journalOf(...RUNS, ...ran('first'), testBegan('second'))

  test('is what was told, and what the journal says beside', () => {
    const made = account()
    expect([...made.known(journal).tests]).toEqual([[idOf('first'), 'pass']])
    made.pass(ranMessage('first', 'fail'))
    expect([...made.known(journal).tests]).toEqual([[idOf('first'), 'fail']])
  })

  test('counts as told when a plan is followed', () => {
    const made = account()
    const plan = planAfter(situation(whole, inTests('second'), { known: made.known(journal) }))
    const news = made.follow(plan, whole, journal)
    expect(news.packs.map(([id]) => id)).toContain(idOf('second'))
    expect(made.follow(plan, whole, journal).packs.filter(([id]) => id === idOf('first'))).toEqual([])
    expect(made.pass(ranMessage('second'))).toBeUndefined()
  })

  test('has suites whose hooks died, and attempts that failed', () => {
    const made = account()
    made.follow(planAfter(situation(whole, inSuiteHook('beforeAll', 'numbers'))), whole, journalOf(...RUNS))
    expect(made.known(journalOf()).failedSuites).toEqual([idOf('numbers')])
    const retried = file(task('first', { retry: 1 }))
    const again = account()
    again.follow(planAfter(situation(retried, inTests('first'))), retried, journalOf(...RUNS))
    expect([...again.known(journalOf()).attempts.keys()]).toEqual([idOf('first')])
  })
})

describe('the end of a file that no worker is left to tell of', () => {
  test('is what its worker came to, where it had closed', () => {
    const closed = { result: { state: 'pass', duration: 5 }, meta: { mine: 1, lua: fileRecord() } }
    const { packs, events } = account().end(FILE_ID, closed)
    expect(packs).toMatchObject([
      [FILE_ID, { state: 'pass', duration: 5 }, { mine: 1, lua: { run: 'run-1' } }],
    ])
    expect(events.map(([, what]) => what)).toEqual(['suite-prepare', 'suite-finished'])
  })

  test.each([
    ['pass', { first: 'pass', second: 'skip' }],
    ['fail', { first: 'pass', second: 'fail' }],
    ['skip', { first: 'skip', second: 'skip' }],
  ])('is a %s where its tests are %j', (state, tests) => {
    const made = account()
    for (const [name, result] of Object.entries(tests)) made.pass(ranMessage(name, result))
    expect(made.end(FILE_ID, null).packs[0]?.[1]).toMatchObject({ state })
  })

  test('has a record, the time that it took, and is a failure where the file failed', () => {
    const made = account()
    made.deaths.push(death())
    made.errors.push(OWN)
    const [id, result, meta] = made.end(FILE_ID, null).packs[0] ?? []
    expect(id).toBe(FILE_ID)
    expect(result).toMatchObject({ state: 'fail', errors: [OWN] })
    expect(result?.duration).toBeGreaterThanOrEqual(0)
    expect(meta).toMatchObject({ lua: { ...NAMES, deaths: [death()] } })
  })

  test('of a suite that failed is a failure', () => {
    const made = account()
    made.pass(ranMessage('first'))
    made.follow(planAfter(situation(whole, inSuiteHook('afterAll', 'numbers'))), whole, journalOf(...RUNS))
    expect(made.end(FILE_ID, null).packs[0]?.[1]?.state).toBe('fail')
  })

  test('is told once, and begins with its beginning where nobody told that', () => {
    const begun = account()
    begun.pass(update([], [[FILE_ID, 'suite-prepare', undefined]]))
    expect(begun.end(FILE_ID, null).events.map(([, what]) => what)).toEqual(['suite-finished'])
    begun.pass(fileEnds('pass'))
    expect(begun.end(FILE_ID, null).events).toEqual([])
    const uncollected = account(false)
    expect(uncollected.end(FILE_ID, null).events.map(([, what]) => what)).toEqual(['suite-failed-early'])
  })
})

describe('what is found when all is over', () => {
  test('is judged, and makes errors of what is one', () => {
    const made = account()
    expect(made.find([processLeftRunning()])).toMatchObject([{ name: 'LuaFinding' }])
    expect(made.findings).toMatchObject([{ kind: 'process-left-running', severity: 'error' }])
  })

  test('is said of a file whose end has been told, without ending it again', () => {
    const made = account()
    made.pass(fileEnds('pass'))
    const errors = made.find([processLeftRunning()])
    const { packs, events } = made.afterword(errors)
    expect(events).toEqual([])
    expect(packs).toMatchObject([
      [
        FILE_ID,
        { state: 'fail', errors: [{ name: 'LuaFinding' }] },
        { lua: { findings: [{ kind: 'process-left-running' }] } },
      ],
    ])
  })
})
