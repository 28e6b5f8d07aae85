import { expect, test } from 'vitest'
import { originsOf } from '../../../src/protocol/spawn.ts'
import type { Spawn, Spawned } from '../../../src/protocol/spawn.ts'
import { testName } from '../samples.ts'

function spawn(label: string, pid: number | null, line: number): Spawn {
  return { label, pid, test: testName(`test ${label}`), at: { file: '/project/a.test.ts', line, column: 1 } }
}

const SPAWNS = [spawn('1', 100, 1), spawn('2', 200, 2), spawn('sync-1', null, 3)]

/** The line, or the test's name where no line is known. */
function origins(...strays: Spawned[]): unknown[] {
  const found = originsOf(strays, SPAWNS, ({ pid }) => testName(`guess for ${pid}`))
  return strays.map(({ pid }) => found.get(pid)?.at?.line ?? found.get(pid)?.test?.fullName)
}

test('a process that was spawned is known by its pid', () => {
  expect(origins({ pid: 200, ppid: 50 })).toEqual([2])
})

test('a label says more than a pid, which may be another process by now', () => {
  expect(origins({ pid: 100, ppid: 50, label: '2' })).toEqual([2])
})

test('an orphan is known by the label that it inherited, that of a call that waits too', () => {
  expect(origins({ pid: 999, ppid: 1, label: '1' }, { pid: 998, ppid: 1, label: 'sync-1' })).toEqual([1, 3])
})

test('what bears no label is of what its parent is, as far up as there are parents', () => {
  const child = { pid: 300, ppid: 1, label: '2' }
  expect(origins(child, { pid: 301, ppid: 300 }, { pid: 302, ppid: 301 })).toEqual([2, 2, 2])
  expect(origins({ pid: 301, ppid: 100 })).toEqual([1])
})

test('of any other the test is guessed', () => {
  expect(origins({ pid: 999, ppid: 1 }, { pid: 998, ppid: 1, label: 'of another worker' })).toEqual([
    'guess for 999',
    'guess for 998',
  ])
})

test('a circle of parents comes to an end', () => {
  expect(origins({ pid: 301, ppid: 302 }, { pid: 302, ppid: 301 })).toEqual([
    'guess for 301',
    'guess for 302',
  ])
})
