import { expect, test } from 'vitest'
import {
  listPids,
  parseStat,
  readCommand,
  readEnviron,
  readRssBytes,
  readStat,
} from '../../src/find/proc-files.ts'

const stat = (name: string, state: string, threads: number): string =>
  `42 (${name}) ${state} 7 42 42 0 -1 4194560 89 0 0 0 11 22 0 0 20 0 ${threads} 0 123456 2560000 200 0`

test('the fields of stat are counted from the last parenthesis', () => {
  expect(parseStat(stat('a) Z 1 (b c', 'S', 1))).toEqual({
    pid: 42,
    ppid: 7,
    group: 42,
    session: 42,
    startTime: 123_456,
    name: 'a) Z 1 (b c',
    state: 'S',
    cpuTicks: 33,
    living: true,
  })
})

test('a zombie does not live, unless other threads of it do', () => {
  expect(parseStat(stat('sh', 'Z', 1))?.living).toBe(false)
  expect(parseStat(stat('sh', 'X', 0))?.living).toBe(false)
  expect(parseStat(stat('sh', 'Z', 3))?.living).toBe(true)
})

test('a line that is not one of stat gives nothing', () => {
  expect(parseStat('')).toBeUndefined()
})

test('this process is read', () => {
  const own = readStat(process.pid)
  expect(own).toMatchObject({ pid: process.pid, ppid: process.ppid })
  expect(own && readCommand(own)).not.toBe('')
  expect(readRssBytes(process.pid)).toBeGreaterThan(1_000_000)
  expect(readEnviron(process.pid)).toContain('PATH=')
  expect(listPids()).toContain(process.pid)
})

test('a process that is not there gives nothing, and no error', () => {
  const nobody = 2 ** 22 + 1
  expect(readStat(nobody)).toBeUndefined()
  expect(readEnviron(nobody)).toBe('')
  expect(readRssBytes(nobody)).toBe(0)
})
