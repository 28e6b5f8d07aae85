import { expect, test } from 'vitest'
import { closingFindings } from '../../../../src/pool/death/closing-findings.ts'
import { death, MEGABYTE, processLeftRunning } from '../../samples.ts'
import { CLOSING, collected, journalOf, RUNS } from '../journal/journal-lines.ts'

test('of a file whose workers ended well nothing is found', () => {
  expect(closingFindings([], journalOf(...RUNS, CLOSING), [])).toEqual([])
})

test('what its processes left, how they crashed, and how its memory grew is found in this order', () => {
  const grown = { ...CLOSING, rss: 900 * MEGABYTE } as const
  const deaths = [death(), death({ verdict: 'died-after-file' })]
  const found = closingFindings(deaths, journalOf(collected(), grown), [processLeftRunning()])
  expect(found.map(({ kind }) => kind)).toEqual(['process-left-running', 'teardown-crash', 'memory-grew'])
})
