import { expect, test } from 'vitest'
import { TOLD_GROWTH, memoryGrew } from '../../../../src/pool/memory/memory-grew.ts'
import { MEGABYTE, testName } from '../../samples.ts'
import { began, closing, collected, ended } from './growth.ts'

test('a worker that grew is told with the three tests that grew most', () => {
  const entries = [
    collected(80),
    began('a', 80),
    ended('a', 90),
    began('caches > fill', 90),
    ended('caches > fill', 310),
    began('c', 310),
    ended('c', 330),
    began('d', 330),
    ended('d', 335),
    closing(340),
  ]
  expect(memoryGrew(entries)).toEqual([
    {
      kind: 'memory-grew',
      grown: 260 * MEGABYTE,
      tests: [
        { test: testName('caches > fill'), grown: 220 * MEGABYTE },
        { test: testName('c'), grown: 20 * MEGABYTE },
        { test: testName('a'), grown: 10 * MEGABYTE },
      ],
      test: testName('caches > fill'),
      at: null,
      text: 'its worker grew by 260 MB, from 80 MB to 340 MB; most in "caches > fill" (220 MB), "c" (20 MB), "a" (10 MB)',
    },
  ])
})

test('a growth outside of the tests is nobody’s', () => {
  const [found] = memoryGrew([collected(80), began('a', 80), ended('a', 80.4), closing(400)])
  expect(found).toMatchObject({ test: null, tests: [] })
  expect(found?.text).toBe('its worker grew by 320 MB, from 80 MB to 400 MB; in no test by itself')
})

test('a growth of up to 200 MB is usual', () => {
  expect(TOLD_GROWTH).toBe(200 * MEGABYTE)
  expect(memoryGrew([collected(80), closing(280)])).toEqual([])
  expect(memoryGrew([collected(80), closing(281)])).toHaveLength(1)
})

test('a worker that never came to its last hook has no such finding', () => {
  expect(memoryGrew([collected(80), began('a', 80), ended('a', 900)])).toEqual([])
  expect(memoryGrew([closing(900)])).toEqual([])
  expect(memoryGrew([])).toEqual([])
})
