import { describe, expect, test } from 'vitest'
import type { JournalEntry } from '../../../../src/protocol/journal.ts'
import type { Verdict } from '../../../../src/protocol/death.ts'
import { deathOf, whereIs } from '../../../../src/pool/death/verdict.ts'
import type { Cause, Ended } from '../../../../src/pool/death/verdict.ts'
import { testName } from '../../samples.ts'
import {
  BEGAN,
  bodyBegan,
  bodyEnded,
  CLOSED,
  CLOSING,
  collected,
  COLLECTING,
  hookBegan,
  hookEnded,
  importing,
  journalOf,
  ran,
  RUNS,
  testBegan,
} from '../journal/journal-lines.ts'

const ENDED: Ended = {
  cause: 'itself',
  signal: 'SIGSEGV',
  code: null,
  words: 'was ended by SIGSEGV',
  at: { file: 'test/math.test.ts', line: 3, column: 1 },
  memory: [{ ms: 1, rss: 2 }],
  culprit: null,
}

const adds = testName('adds')
const divides = testName('divides')
const ADDS = [...RUNS, testBegan('adds')]

interface Moment {
  readonly when: string
  readonly lines: readonly JournalEntry[]
  readonly where: object
  readonly verdict: Verdict
  readonly test?: string
  readonly others?: readonly string[]
  readonly hook?: { readonly name: string; readonly suite: string }
}

const MOMENTS: readonly Moment[] = [
  { when: 'before its first line', lines: [], where: { in: 'booting' }, verdict: 'died-while-collecting' },
  { when: 'as it booted', lines: [BEGAN], where: { in: 'booting' }, verdict: 'died-while-collecting' },
  {
    when: 'as it collected, with no module yet',
    lines: [BEGAN, COLLECTING],
    where: { in: 'collecting', module: null },
    verdict: 'died-while-collecting',
  },
  {
    when: 'as a module was evaluated',
    lines: [COLLECTING, importing('a.test.ts'), importing('b.ts')],
    where: { in: 'collecting', module: 'b.ts' },
    verdict: 'died-while-collecting',
  },
  {
    when: 'in a test',
    lines: [...ADDS, bodyBegan('adds')],
    where: { in: 'tests', tests: [adds], hook: null },
    verdict: 'died-in-test',
    test: 'adds',
  },
  {
    when: 'in a test, between its functions',
    lines: [...ADDS, hookBegan('beforeEach', { test: 'adds' }), hookEnded()],
    where: { in: 'tests', tests: [adds], hook: null },
    verdict: 'died-in-test',
    test: 'adds',
  },
  {
    when: 'in tests that ran at the same time',
    lines: [...ADDS, testBegan('divides'), bodyBegan('adds'), bodyBegan('divides')],
    where: { in: 'tests', tests: [adds, divides], hook: null },
    verdict: 'died-in-test',
    test: 'adds',
    others: ['divides'],
  },
  {
    when: 'in a beforeEach',
    lines: [...ADDS, hookBegan('beforeEach', { suite: 'numbers', test: 'adds' })],
    where: { in: 'tests', tests: [adds] },
    verdict: 'died-in-hook',
    test: 'adds',
    hook: { name: 'beforeEach', suite: 'numbers' },
  },
  {
    when: "in a test's hook, while another test ran",
    lines: [...ADDS, bodyBegan('adds'), testBegan('divides'), hookBegan('beforeEach', { test: 'divides' })],
    where: { in: 'tests', tests: [adds, divides] },
    verdict: 'died-in-hook',
    test: 'divides',
    others: ['adds'],
    hook: { name: 'beforeEach', suite: '' },
  },
  {
    when: 'in an afterEach',
    lines: [...ADDS, bodyBegan('adds'), bodyEnded('adds'), hookBegan('afterEach', { test: 'adds' })],
    where: { in: 'tests', tests: [adds] },
    verdict: 'died-in-hook',
    test: 'adds',
    hook: { name: 'afterEach', suite: '' },
  },
  {
    when: 'in a test around which a hook stands',
    lines: [...ADDS, hookBegan('aroundEach', { test: 'adds' }), bodyBegan('adds')],
    where: { in: 'tests', tests: [adds], hook: null },
    verdict: 'died-in-test',
    test: 'adds',
  },
  {
    when: 'in a beforeAll of the file',
    lines: [...RUNS, hookBegan('beforeAll')],
    where: { in: 'suite-hook' },
    verdict: 'died-in-hook',
    hook: { name: 'beforeAll', suite: '' },
  },
  {
    when: 'in an afterAll of a suite',
    lines: [...RUNS, ...ran('adds'), hookBegan('afterAll', { suite: 'numbers > small' })],
    where: { in: 'suite-hook' },
    verdict: 'died-in-hook',
    hook: { name: 'afterAll', suite: 'numbers > small' },
  },
  {
    when: 'in a beforeAll, while a test of another suite ran',
    lines: [...ADDS, bodyBegan('adds'), hookBegan('beforeAll', { suite: 'numbers' })],
    where: { in: 'tests', tests: [adds], hook: null },
    verdict: 'died-in-test',
    test: 'adds',
  },
  {
    when: 'before the first test',
    lines: [COLLECTING, collected()],
    where: { in: 'between' },
    verdict: 'died-in-test',
  },
  {
    when: 'between two tests',
    lines: [...RUNS, ...ran('adds')],
    where: { in: 'between' },
    verdict: 'died-in-test',
  },
  {
    when: 'as it closed',
    lines: [...RUNS, CLOSING],
    where: { in: 'after-file' },
    verdict: 'died-after-file',
  },
  {
    when: 'when it was closed',
    lines: [CLOSING, CLOSED],
    where: { in: 'after-file' },
    verdict: 'died-after-file',
  },
]

describe.each(MOMENTS)(
  'a worker that died $when',
  ({ lines, where, verdict, test: name, others = [], hook }) => {
    const state = journalOf(...lines)

    test('was there', () => {
      expect(whereIs(state)).toMatchObject(where)
    })

    test.each<[Cause, Verdict]>([
      ['itself', verdict],
      ['blocked', verdict === 'died-after-file' ? verdict : 'blocked'],
      ['over-memory', verdict === 'died-after-file' ? verdict : 'over-memory'],
    ])('has its verdict where %s ended it, and those whom it concerns', (cause, expected) => {
      expect(deathOf(state, { ...ENDED, cause })).toStrictEqual({
        verdict: expected,
        test: name === undefined ? null : testName(name),
        others: others.map(testName),
        hook: hook ?? null,
        signal: 'SIGSEGV',
        code: null,
        words: 'was ended by SIGSEGV',
        at: ENDED.at,
        memory: ENDED.memory,
      })
    })
  },
)

describe('of tests that ran at the same time', () => {
  const state = journalOf(...ADDS, testBegan('divides'), bodyBegan('adds'), bodyBegan('divides'))

  test('the one that it was comes first, where it is known', () => {
    const { test: first, others } = deathOf(state, { ...ENDED, cause: 'blocked', culprit: divides })
    expect([first, others]).toEqual([divides, [adds]])
  })

  test('a test that has ended was none of them', () => {
    const death = deathOf(state, { ...ENDED, cause: 'blocked', culprit: testName('rounds') })
    expect([death.test, death.others]).toEqual([adds, [divides]])
  })

  test('the hook of another one has no part in it', () => {
    const lines = [
      ...ADDS,
      bodyBegan('adds'),
      testBegan('divides'),
      hookBegan('beforeEach', { test: 'divides' }),
    ]
    const death = deathOf(journalOf(...lines), { ...ENDED, cause: 'blocked', culprit: adds })
    expect([death.test, death.hook]).toEqual([adds, null])
  })
})
