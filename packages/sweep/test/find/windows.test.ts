import { expect, test } from 'vitest'
import { parseCim } from '../../src/find/windows.ts'

test('what PowerShell prints is understood', () => {
  const output =
    '[{"pid":8,"ppid":4,"start":1795257506,"name":"node.exe","command":"node x.js","cpu":156250,"rss":4096},' +
    '{"pid":9,"ppid":8,"start":1795257507,"name":"svc.exe","command":null,"cpu":0,"rss":1}]'

  expect(parseCim(output)).toMatchObject([
    { pid: 8, ppid: 4, startTime: 1_795_257_506, command: 'node x.js', cpuMs: 16, rssBytes: 4096 },
    { pid: 9, ppid: 8, command: '[svc.exe]', stopped: false },
  ])
})
