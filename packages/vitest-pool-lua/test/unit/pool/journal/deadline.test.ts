import { describe, expect, test } from 'vitest'
import { isBlocked, limitOf } from '../../../../src/pool/journal/deadline.ts'
import type { Limits } from '../../../../src/pool/journal/deadline.ts'
import type { JournalState } from '../../../../src/pool/journal/journal-state.ts'
import {
  BEGAN,
  beat,
  bodyBegan,
  bodyEnded,
  CLOSED,
  CLOSING,
  collected,
  COLLECTING,
  hookBegan,
  hookEnded,
  hookLimit,
  importing,
  journalOf,
  RUNS,
  testBegan,
} from './journal-lines.ts'

const LIMITS: Limits = { grace: 2_000, collectLimit: 60_000, hookTimeout: 10_000 }

/** Whether a worker counts as blocked when the journal's clock says `now`, and nothing was stopped meanwhile. */
function blockedAt(now: number, state: JournalState, changes: Partial<Limits> = {}): boolean {
  return isBlocked(state, { ...LIMITS, ...changes }, since => now - since)
}

describe('while it boots', () => {
  test('no limit applies', () => {
    expect(limitOf(journalOf(BEGAN), LIMITS)).toBeUndefined()
    expect(blockedAt(1e9, journalOf(BEGAN))).toBe(false)
  })
})

describe('while it collects', () => {
  const state = journalOf(BEGAN, { ...COLLECTING, at: 100 }, importing('a.test.ts'))

  test('the limit counts from where collecting began', () => {
    expect(limitOf(state, LIMITS)).toEqual({ of: 'collect', limit: 60_000, began: 100 })
    expect(blockedAt(60_099, state)).toBe(false)
    expect(blockedAt(60_100, state)).toBe(true)
  })

  test('it is not blocked as long as it gives signs of life', () => {
    const alive = journalOf({ ...COLLECTING, at: 100 }, { ...beat(), at: 59_500 })
    expect(blockedAt(60_400, alive)).toBe(false)
    expect(blockedAt(60_500, alive)).toBe(true)
  })

  test('a limit below a second asks for no longer silence than itself', () => {
    expect(blockedAt(450, state, { collectLimit: 300 })).toBe(true)
    const alive = journalOf({ ...COLLECTING, at: 100 }, { ...beat(), at: 400 })
    expect(blockedAt(450, alive, { collectLimit: 300 })).toBe(false)
  })

  test('it has no limit where none is set', () => {
    expect(blockedAt(1e9, state, { collectLimit: null })).toBe(false)
  })
})

describe("in a test's own function", () => {
  const state = journalOf(...RUNS, testBegan('adds'), { ...bodyBegan('adds', 5_000), at: 100 })

  test("the limit is the test's own", () => {
    expect(limitOf(state, LIMITS)).toEqual({ of: 'test', limit: 5_000, began: 100 })
  })

  test('it is blocked after the limit and the grace', () => {
    expect(blockedAt(7_099, state)).toBe(false)
    expect(blockedAt(7_100, state)).toBe(true)
  })

  test('it is not blocked where it gave a sign within the grace: it merely awaits', () => {
    const awaits = journalOf(...RUNS, testBegan('adds'), bodyBegan('adds', 100), { ...beat(), at: 9_000 })
    expect(blockedAt(10_999, awaits)).toBe(false)
    expect(blockedAt(11_000, awaits)).toBe(true)
  })

  test('it has no limit where the timeout is 0', () => {
    const endless = journalOf(...RUNS, testBegan('adds'), bodyBegan('adds', 0))
    expect(limitOf(endless, LIMITS)).toBeUndefined()
    expect(blockedAt(1e9, endless)).toBe(false)
  })

  test('it is never ended where the grace is null', () => {
    expect(blockedAt(1e9, state, { grace: null })).toBe(false)
  })

  test('a grace of 0 does not end one that turns: beats need their time', () => {
    const awaits = journalOf(...RUNS, testBegan('adds'), bodyBegan('adds', 100), { ...beat(), at: 9_000 })
    expect(blockedAt(9_040, awaits, { grace: 0 })).toBe(false)
    expect(blockedAt(9_500, awaits, { grace: 0 })).toBe(true)
  })

  test('no limit applies while somebody may stop it in a debugger', () => {
    const debugged = journalOf(...RUNS, testBegan('adds'), bodyBegan('adds', 5), beat(true))
    expect(limitOf(debugged, LIMITS)).toBeUndefined()
    expect(blockedAt(1e9, debugged)).toBe(false)
  })

  test('time in which nothing ran does not count', () => {
    const stood = 6_000
    const elapsed = (now: number) => (since: number) => now - since - (since < 1_000 ? stood : 0)
    expect(isBlocked(state, LIMITS, elapsed(7_100))).toBe(false)
    expect(isBlocked(state, LIMITS, elapsed(13_100))).toBe(true)
  })
})

describe('of tests that run at the same time', () => {
  const began = [...RUNS, testBegan('adds'), testBegan('divides')]

  test('the last limit counts, because nobody knows which of them blocks the others', () => {
    const state = journalOf(
      ...began,
      { ...bodyBegan('adds', 9_000), at: 100 },
      { ...bodyBegan('divides', 500), at: 200 },
    )
    expect(limitOf(state, LIMITS)).toEqual({ of: 'test', limit: 9_000, began: 100 })
  })

  test('none has a limit where one has none', () => {
    expect(
      limitOf(journalOf(...began, bodyBegan('adds', 9), bodyBegan('divides', 0)), LIMITS),
    ).toBeUndefined()
  })

  test('those that have ended do not count', () => {
    const state = journalOf(...began, bodyBegan('adds', 9_000), bodyBegan('divides', 5), bodyEnded('adds'))
    expect(limitOf(state, LIMITS)).toMatchObject({ limit: 5 })
  })
})

describe('in a hook', () => {
  test.each(['beforeAll', 'beforeEach', 'afterEach', 'afterAll'] as const)(
    'the limit is that of this %s',
    hook => {
      const state = journalOf(...RUNS, { ...hookBegan(hook), at: 100 }, hookLimit(300))
      expect(limitOf(state, LIMITS)).toEqual({ of: hook, limit: 300, began: 100 })
      expect(blockedAt(2_399, state)).toBe(false)
      expect(blockedAt(2_400, state)).toBe(true)
    },
  )

  test('there is no limit where the hook has none', () => {
    expect(limitOf(journalOf(...RUNS, hookBegan('beforeAll')), LIMITS)).toBeUndefined()
  })

  test('around others it waits for what runs in it', () => {
    const around = [...RUNS, testBegan('adds'), hookBegan('aroundEach', { test: 'adds' })]
    const state = journalOf(...around, bodyBegan('adds', 700))
    expect(limitOf(state, LIMITS)).toMatchObject({ of: 'test', limit: 700 })
  })

  test('around others it has its own limit before and after them', () => {
    const around = [
      ...RUNS,
      testBegan('adds'),
      hookBegan('aroundEach', { test: 'adds' }),
      { ...hookLimit(40), at: 50 },
    ]
    expect(limitOf(journalOf(...around), LIMITS)).toMatchObject({ of: 'aroundEach', limit: 40 })
    const after = journalOf(...around, bodyBegan('adds', 700), bodyEnded('adds'))
    expect(limitOf(after, LIMITS)).toMatchObject({ of: 'aroundEach', limit: 40 })
  })

  test('around another test it waits for nobody else', () => {
    const state = journalOf(
      ...RUNS,
      hookBegan('aroundEach', { run: 1, test: 'adds' }),
      hookBegan('aroundEach', { run: 2, test: 'divides' }),
      hookLimit(9_000, 2),
      bodyBegan('adds', 10),
    )
    expect(limitOf(state, LIMITS)).toMatchObject({ of: 'aroundEach', limit: 9_000 })
  })

  test('around all, without a limit of its own, it does not take the limit from a test', () => {
    const state = journalOf(...RUNS, hookBegan('aroundAll'), testBegan('adds'), bodyBegan('adds', 700))
    expect(limitOf(state, LIMITS)).toMatchObject({ of: 'test', limit: 700 })
  })
})

describe('between the functions of the user', () => {
  const state = journalOf(...RUNS, hookBegan('beforeAll'), { ...hookEnded(), at: 100 })

  test("Vitest's limit for hooks counts, from the last sign", () => {
    expect(limitOf(state, LIMITS)).toEqual({ of: 'hooks', limit: 10_000, began: 100 })
    expect(blockedAt(12_099, state)).toBe(false)
    expect(blockedAt(12_100, state)).toBe(true)
  })

  test.each([0, Number.POSITIVE_INFINITY])('there is no limit where hooks have none: %s', hookTimeout => {
    expect(limitOf(state, { ...LIMITS, hookTimeout })).toBeUndefined()
  })
})

describe.each([
  ['closing', [CLOSING]],
  ['closed', [CLOSING, CLOSED]],
])('when it is %s', (_, lines) => {
  const state = journalOf(...RUNS, collected(), ...lines, { ...beat(), at: 100 })

  test('only its silence counts', () => {
    expect(limitOf(state, LIMITS)).toEqual({ of: 'file', limit: 0, began: 100 })
    expect(blockedAt(2_099, state)).toBe(false)
    expect(blockedAt(2_100, state)).toBe(true)
  })

  test('a grace of 0 is no reason to end one that turns', () => {
    expect(blockedAt(100, state, { grace: 0 })).toBe(false)
    expect(blockedAt(140, state, { grace: 0 })).toBe(false)
  })
})
