import { expect, test } from 'vitest'
import { parseCpuTime, parsePs, pidsInGroups } from '../../src/find/posix.ts'

test('what ps prints on Linux is understood', () => {
  const output =
    '   6482    6474    6470 S      1720 00:00:07 Sat Nov 21 10:38:26 2026 sh -c sleep 1001;  true\n'

  expect(parsePs(output)).toMatchObject([
    {
      pid: 6482,
      ppid: 6474,
      group: 6470,
      startTime: new Date(2026, 10, 21, 10, 38, 26).getTime() / 1000,
      command: 'sh -c sleep 1001;  true',
      cpuMs: 7000,
      rssBytes: 1720 * 1024,
      stopped: false,
    },
  ])
})

test('what ps prints on macOS is understood', () => {
  const output = '  501     1   501 T+     5321   1:02.53 Sat Nov  7 10:38:26 2026     node x.js\n'

  expect(parsePs(output)).toMatchObject([{ pid: 501, stopped: true, cpuMs: 62_530, rssBytes: 5321 * 1024 }])
})

test('who is in a group is read from two columns', () => {
  expect(pidsInGroups('    1     1\n   70    68\n  501   501\n  502   501\n\n', new Set([501, 68]))).toEqual([
    70, 501, 502,
  ])
})

test('zombies and lines that are no processes are left out', () => {
  expect(parsePs('  7  1  7 Z+  0 00:00:00 Sat Nov 21 10:38:26 2026 [sh] <defunct>\nwarning\n\n')).toEqual([])
})

test.each([
  ['0:00.05', 50],
  ['00:01:00', 60_000],
  ['1-02:00:00', 93_600_000],
])('the CPU time %s is %i ms', (time, milliseconds) => {
  expect(parseCpuTime(time)).toBe(milliseconds)
})
