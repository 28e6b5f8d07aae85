import { expect, test } from 'vitest'
import { growthByTest } from '../../../../src/pool/memory/growth-by-test.ts'
import { MEGABYTE, testName } from '../../samples.ts'
import { began, collected, ended } from './growth.ts'

test('tests that grew are told, the one that grew most first', () => {
  const entries = [
    collected(50),
    began('a', 50),
    ended('a', 60),
    began('b', 60),
    ended('b', 160),
    began('c', 160),
    ended('c', 90),
  ]
  expect(growthByTest(entries)).toEqual([
    { test: testName('b'), grown: 100 * MEGABYTE },
    { test: testName('a'), grown: 10 * MEGABYTE },
  ])
})

test('tests that ran at the same time are each given what it grew by meanwhile', () => {
  const entries = [began('a', 50), began('b', 60), ended('a', 100), ended('b', 120)]
  expect(growthByTest(entries)).toEqual([
    { test: testName('b'), grown: 60 * MEGABYTE },
    { test: testName('a'), grown: 50 * MEGABYTE },
  ])
})

test('a test that never ended grew up to what is last known', () => {
  const entries = [began('a', 50), ended('a', 51), began('b', 51)]
  expect(growthByTest(entries, 2_051 * MEGABYTE)[0]).toEqual({
    test: testName('b'),
    grown: 2_000 * MEGABYTE,
  })
  expect(growthByTest(entries)).toEqual([{ test: testName('a'), grown: MEGABYTE }])
})

test('the end of a test that nobody saw begin says nothing', () => {
  expect(growthByTest([ended('a', 50)])).toEqual([])
})
