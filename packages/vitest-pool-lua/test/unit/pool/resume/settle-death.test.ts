import { describe, expect, test } from 'vitest'
import { FileAccount } from '../../../../src/pool/file/file-account.ts'
import type { JournalState } from '../../../../src/pool/journal/journal-state.ts'
import { settleDeath } from '../../../../src/pool/resume/settle-death.ts'
import type { SettlingOptions } from '../../../../src/pool/resume/settle-death.ts'
import type { FileTask } from '../../../../src/pool/file/tasks.ts'
import type { Resume } from '../../../../src/protocol/resume.ts'
import { death } from '../../samples.ts'
import { FILE_ID, file, idOf, suite, test as task } from '../file/file-tasks.ts'
import {
  BEGAN,
  bodyBegan,
  CLOSING,
  COLLECTING,
  hookBegan,
  importing,
  journalOf,
  ran,
  RUNS,
  snapshotAdded,
  testBegan,
} from '../journal/journal-lines.ts'
import { collectedMessage, ranMessage } from '../file/updates.ts'
import { story } from './situations.ts'

const three = file(task('first'), task('second'), task('third'))

const IDENTITY = { run: 'run-1', runtime: 'fengari', file: 'test/math.test.ts', tier: 'brand' } as const

interface Settled {
  readonly account: FileAccount
  /** The states of tests and suites as Vitest hears of them, in their order. */
  readonly heard: string[]
  /** A worker dies with this journal; what a fresh one is told. */
  die(this: void, journal: JournalState): Promise<Resume | undefined>
}

function fileThatDies(whole: FileTask | null, changes: Partial<SettlingOptions> = {}): Settled {
  const account = new FileAccount(IDENTITY, { findings: {}, allow: [] })
  if (whole !== null) account.pass(collectedMessage(whole))
  const heard: string[] = []
  const options: SettlingOptions = {
    account,
    settings: { afterDeath: 'resume', maxWorkerRestarts: 4 },
    isCancelled: () => false,
    isBailReached: () => false,
    bail: () => {},
    async tell({ packs, events }) {
      const finished = new Set(events.filter(([, what]) => what.endsWith('-finished')).map(([id]) => id))
      for (const [id, result] of packs) {
        if (finished.has(id)) heard.push(`${id.replace('id of ', '')} ${result?.state ?? ''}`)
      }
    },
    ...changes,
  }
  const die = async (journal: JournalState): Promise<Resume | undefined> => {
    account.deaths.push(death())
    return settleDeath({ death: death(), story: story(), luaFiles: [] }, journal, options)
  }
  return { account, heard, die }
}

const IN_SECOND = journalOf(...RUNS, ...ran('first'), testBegan('second'), bodyBegan('second'))

test('after a death in a test Vitest has all results, and a fresh worker is told of them', async () => {
  const { heard, die } = fileThatDies(three)
  expect(await die(IN_SECOND)).toMatchObject({
    finished: { [idOf('first')]: 'pass', [idOf('second')]: 'fail' },
    after: 'was ended by SIGSEGV in "second"',
    snapshots: [],
  })
  expect(heard).toEqual(['first pass', 'second fail'])
})

test('a test that is tried again is told to the fresh worker, with how it died', async () => {
  const retried = file(task('first'), task('second', { retry: 1 }))
  const { heard, die } = fileThatDies(retried)
  const resume = await die(IN_SECOND)
  expect(heard).toEqual(['first pass'])
  expect(resume?.finished).toEqual({ [idOf('first')]: 'pass' })
  expect(resume?.attempts[idOf('second')]).toMatchObject([{ name: 'WorkerDeath' }])
})

test('a second death of it is its result', async () => {
  const { heard, die } = fileThatDies(file(task('first'), task('second', { retry: 1 })))
  await die(IN_SECOND)
  expect(await die(journalOf(...RUNS, testBegan('second')))).toBeUndefined()
  expect(heard).toEqual(['first pass', 'second fail'])
})

test('a suite whose hook died is told to the fresh worker', async () => {
  const { die } = fileThatDies(file(suite('numbers', [task('one')]), task('after')))
  const resume = await die(journalOf(...RUNS, hookBegan('beforeAll', { suite: 'numbers' })))
  expect(resume).toMatchObject({ failedSuites: [idOf('numbers')], finished: { [idOf('one')]: 'skip' } })
})

test('a file whose tests are not known fails with what was imported', async () => {
  const { account, heard, die } = fileThatDies(null)
  expect(await die(journalOf(BEGAN, COLLECTING, importing('/project/db.ts')))).toBeUndefined()
  expect(account.errors).toMatchObject([
    { message: 'The worker was ended by SIGSEGV.\nIt was importing /project/db.ts.' },
  ])
  expect(heard).toEqual([])
})

test.each([
  ['as it boots', [BEGAN]],
  ['as it collects', [BEGAN, COLLECTING]],
])('where the fresh worker dies %s, the rest is lost and the file fails', async (_, lines) => {
  const { account, heard, die } = fileThatDies(three)
  await die(IN_SECOND)
  expect(await die(journalOf(...lines))).toBeUndefined()
  expect(heard).toEqual(['first pass', 'second fail', 'third fail'])
  expect(account.errors).toHaveLength(1)
})

test('where restarts are used up the rest is lost', async () => {
  const { heard, die } = fileThatDies(three, { settings: { afterDeath: 'resume', maxWorkerRestarts: 1 } })
  await die(journalOf(...RUNS, testBegan('first')))
  expect(await die(journalOf(...RUNS, testBegan('second')))).toBeUndefined()
  expect(heard).toEqual(['first fail', 'second fail', 'third fail'])
})

test("with afterDeath 'skip' the rest is skipped", async () => {
  const { heard, die } = fileThatDies(three, { settings: { afterDeath: 'skip', maxWorkerRestarts: 4 } })
  expect(await die(IN_SECOND)).toBeUndefined()
  expect(heard).toEqual(['first pass', 'second fail', 'third skip'])
})

test('a file of which nothing is left has no fresh worker', async () => {
  const { heard, die } = fileThatDies(three)
  const lines = [...RUNS, ...ran('first'), ...ran('second'), ...ran('third'), CLOSING]
  expect(await die(journalOf(...lines))).toBeUndefined()
  expect(heard).toEqual(['first pass', 'second pass', 'third pass'])
})

describe('a run that is cancelled', () => {
  test('skips the rest', async () => {
    const { heard, die } = fileThatDies(three, { isCancelled: () => true })
    expect(await die(IN_SECOND)).toBeUndefined()
    expect(heard).toEqual(['first pass', 'second fail', 'third skip'])
  })

  test('because the death was a failure too many skips the rest after it was told', async () => {
    let cancelled = false
    const { heard, die } = fileThatDies(three, {
      isCancelled: () => cancelled,
      isBailReached: () => heard.includes('second fail'),
      bail: () => void (cancelled = true),
    })
    expect(await die(IN_SECOND)).toBeUndefined()
    expect(heard).toEqual(['first pass', 'second fail', 'third skip'])
  })

  test('meanwhile does not leave a test that killed its worker without a failure', async () => {
    let asked = 0
    const retried = file(task('first'), task('second', { retry: 1 }), task('third'))
    const { heard, die } = fileThatDies(retried, { isCancelled: () => (asked += 1) > 1 })
    expect(await die(IN_SECOND)).toBeUndefined()
    expect(heard).toEqual(['first pass', 'second fail', 'third skip'])
  })
})

describe('snapshots', () => {
  const lines = [...RUNS, testBegan('first'), snapshotAdded('first'), ...ran('first').slice(1)]

  test('of tests that have ended are handed on, those of a test that is tried again are not', async () => {
    const journal = journalOf(...lines, testBegan('second'), snapshotAdded('second'))
    const resume = await fileThatDies(three).die(journal)
    expect(resume?.snapshots.map(({ key }) => key)).toEqual(['first 1', 'second 1'])
    const retried = file(task('first'), task('second', { retry: 1 }))
    const again = await fileThatDies(retried).die(journal)
    expect(again?.snapshots.map(({ key }) => key)).toEqual(['first 1'])
  })

  test('go through any number of deaths', async () => {
    const { die } = fileThatDies(three)
    await die(journalOf(...lines, testBegan('second')))
    const resume = await die(journalOf(...RUNS, testBegan('third')))
    expect(resume?.snapshots.map(({ key }) => key)).toEqual(['first 1'])
  })

  test('are written by a fresh worker also where no test is left', async () => {
    const { die } = fileThatDies(file(task('first'), task('second')))
    expect(await die(journalOf(...lines, testBegan('second')))).toMatchObject({
      snapshots: [{ key: 'first 1' }],
    })
  })

  test('are none of a death after the file: its worker has written them', async () => {
    const { die } = fileThatDies(file(task('first')))
    expect(await die(journalOf(...lines, CLOSING))).toBeUndefined()
  })
})

test('what a worker has told itself is not told again', async () => {
  const { account, heard, die } = fileThatDies(three)
  account.pass(ranMessage('first'))
  await die(IN_SECOND)
  expect(heard).toEqual(['second fail'])
})

test('the file itself is not ended here', async () => {
  const { heard, die } = fileThatDies(three)
  await die(journalOf(...RUNS, hookBegan('beforeAll')))
  expect(heard).toEqual(['first skip', 'second skip', 'third skip'])
  expect(heard.join()).not.toContain(FILE_ID)
})
