import { expect, test } from 'vitest'
import { overMemoryWords } from '../../../../src/pool/memory/over-memory-words.ts'
import { MEGABYTE, testName } from '../../samples.ts'

test('a worker over its limit is told with the test and its growth', () => {
  const running = [{ test: testName('orders > are stored'), grown: 1_900 * MEGABYTE }]
  expect(overMemoryWords({ rss: 2_140 * MEGABYTE, limit: 2_000 * MEGABYTE, running })).toBe(
    'was ended at 2140 MB of resident memory, over its limit of 2000 MB (limits.workerMemory); 1900 MB of it came while "orders > are stored" ran',
  )
})

test('outside of every test only the limit is told', () => {
  expect(overMemoryWords({ rss: 300 * MEGABYTE, limit: 256 * MEGABYTE, running: [] })).toBe(
    'was ended at 300 MB of resident memory, over its limit of 256 MB (limits.workerMemory)',
  )
})
