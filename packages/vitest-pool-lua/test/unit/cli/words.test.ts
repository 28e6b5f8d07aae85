import { expect, test } from 'vitest'
import type { Leftover } from '../../../src/cli/leftovers.ts'
import { listOf, summaryOf } from '../../../src/cli/words.ts'

const PROCESS = {
  ppid: 1,
  startTime: 5,
  cpuMs: 0,
  rssBytes: 2_000_000,
  found: 'cookie',
  exemption: null,
} as const
const LEFT: Leftover = {
  run: '9f1c03ab-4711-5-1',
  processes: [
    { ...PROCESS, pid: 12, command: 'sleep 1000', ageMs: 5_000 },
    {
      ...PROCESS,
      pid: 13,
      command: 'server',
      ageMs: 7_200_000,
      exemption: { outcome: 'kept', reason: 'has KEEP=1' },
    },
  ],
  folders: ['/tmp/vitest-pool-lua-9f1c03ab-4711-5-1-aBcDeF'],
}

test('the list has each run with its processes and folders', () => {
  expect(listOf([LEFT])).toMatchInlineSnapshot(`
    "Left by run 9f1c03ab-4711-5-1:
      process 12 (sleep 1000), 5 s old, 2 MB
      process 13 (server), 2 h old, 2 MB, stays: has KEEP=1
      folder /tmp/vitest-pool-lua-9f1c03ab-4711-5-1-aBcDeF"
  `)
})

test('where nothing is left the list says so', () => {
  expect(listOf([])).toBe('No earlier run has left anything here.')
})

test('the summary counts what was ended, and names what was not', () => {
  expect(summaryOf([LEFT], [])).toBe('Ended: 1 process and 1 folder.')
  expect(summaryOf([LEFT], [{ what: 'process 12 (sleep 1000)', reason: 'it may not be signalled' }])).toBe(
    'Ended 1 process and 1 folder, but for:\n  process 12 (sleep 1000): it may not be signalled',
  )
})
