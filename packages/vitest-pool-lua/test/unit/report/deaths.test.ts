import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import type { Death } from '../../../src/protocol/death.ts'
import type { FileReport } from '../../../src/protocol/file-report.ts'
import { deathTexts, deathsRow, toldDeaths } from '../../../src/report/deaths.ts'
import { MEGABYTE, death, fileReport, teardownCrash, testName } from '../samples.ts'

const crash = death({ verdict: 'died-after-file', test: null })
const crashTold = { ...teardownCrash(), severity: 'warn' } as const

function textsOf(deaths: readonly Death[], changes: Partial<FileReport> = {}): string[] {
  return deathTexts(fileReport({ deaths, ...changes }), false)
}

function titleOf(changes: Partial<Death>): string | undefined {
  return textsOf([death(changes)])[0]?.split('\n')[0]
}

test('a death is told with its test, its words, its place, its memory and how the file went on', () => {
  const died = death({
    words: 'was ended by SIGSEGV (a segmentation fault)',
    at: { file: 'lua/orders.lua', line: 7, column: 1 },
    memory: [
      { ms: 0, rss: 61 * MEGABYTE },
      { ms: 250, rss: 410.4 * MEGABYTE },
      { ms: 500, rss: 80 * MEGABYTE },
    ],
  })
  const workers = [
    { pid: 1, reused: false },
    { pid: 2, reused: false },
  ]
  expect(textsOf([died], { resumed: 3, workers }).join('\n')).toMatchInlineSnapshot(`
    "DEATH  died-in-test  test/orders.test.ts > orders > are stored
            its worker was ended by SIGSEGV (a segmentation fault)
            at lua/orders.lua:7:1
            memory 61 MB -> peak 410 MB -> 80 MB
            3 tests after it ran in a fresh worker"
  `)
})

test('concurrent tests that ran at the same time are told', () => {
  const others = [testName('b'), testName('c > d')]
  expect(textsOf([death({ others })])[0]).toMatchInlineSnapshot(`
    "DEATH  died-in-test  test/orders.test.ts > orders > are stored
            its worker was ended by SIGSEGV
            "b", "c > d" ran at the same time"
  `)
})

test('tests that could not be run any more are told with the reason', () => {
  const tests = { passed: 1, failed: 3, skipped: 0, lost: 2 }
  const lostReason = 'This test was not run: maxWorkerRestarts is 0'
  expect(textsOf([death()], { tests, lostReason })[0]).toContain(
    '\n        2 tests could not be run any more\n          This test was not run: maxWorkerRestarts is 0',
  )
  expect(textsOf([death()], { tests })[0]).toMatch(/\n {8}2 tests could not be run any more$/)
})

test('of several deaths only the last one says how the file went on', () => {
  const workers = [1, 2, 3].map(pid => ({ pid, reused: false }))
  const [first, second] = textsOf([death(), death({ test: testName('b') })], { resumed: 1, workers })
  expect(first).not.toContain('fresh')
  expect(second).toMatch(/\n {8}1 test after these deaths ran in 2 fresh workers$/)
})

test.each([
  [{ test: testName('a') }, 'test/orders.test.ts > a'],
  [
    { hook: { name: 'beforeEach', suite: 's' }, test: testName('s > a') },
    'test/orders.test.ts > s > a (beforeEach)',
  ],
  [{ hook: { name: 'beforeAll', suite: 's > t' }, test: null }, 'test/orders.test.ts > s > t (beforeAll)'],
  [{ hook: { name: 'afterAll', suite: '' }, test: null }, 'test/orders.test.ts (afterAll)'],
  [{ test: null }, 'test/orders.test.ts (outside of a test)'],
])('%j is told where it was', (changes, where) => {
  expect(titleOf({ verdict: 'blocked', ...changes })).toBe(`DEATH  blocked  ${where}`)
})

test('a death while collecting concerns the file', () => {
  expect(titleOf({ verdict: 'died-while-collecting', test: null })).toBe(
    'DEATH  died-while-collecting  test/orders.test.ts',
  )
})

test('one sample of memory is told alone', () => {
  const text = textsOf([death({ memory: [{ ms: 0, rss: 61 * MEGABYTE }] })])[0]
  expect(text?.split('\n').at(-1)).toBe('        memory 61 MB')
})

test('the row counts deaths by verdict', () => {
  const one = fileReport({ deaths: [death(), death({ verdict: 'blocked' })] })
  const other = fileReport({ deaths: [death()] })
  expect(deathsRow([one, other])).toBe('3 (2 died-in-test, 1 blocked)')
  expect(deathsRow([fileReport()])).toBeUndefined()
})

test('a teardown crash is told by its finding, and not at all where that is off', () => {
  const told = fileReport({ deaths: [crash, death()], findings: [crashTold] })
  expect(toldDeaths(told)).toHaveLength(2)
  expect(deathTexts(told, false)).toHaveLength(1)
  expect(deathsRow([told])).toBe('2 (1 died-after-file, 1 died-in-test)')

  const silent = fileReport({ deaths: [crash] })
  expect(toldDeaths(silent)).toEqual([])
  expect(deathTexts(silent, false)).toEqual([])
  expect(deathsRow([silent])).toBeUndefined()
})

test('the project is told as Vitest does', () => {
  expect(textsOf([death()], { project: 'unit' })[0]).toContain('|unit| test/orders.test.ts > orders')
})

test('colours are the only difference between a terminal and a file', () => {
  const report = fileReport({ deaths: [death({ at: { file: 'a.ts', line: 1, column: 1 } })] })
  const colourful = deathTexts(report, true).join('\n')
  expect(colourful).not.toBe(deathTexts(report, false).join('\n'))
  expect(stripVTControlCharacters(colourful)).toBe(deathTexts(report, false).join('\n'))
})
