/** What no test can bring about with real processes: that the kernel gives a number again. */
import { expect, test } from 'vitest'
import { type Grouped, openGroups } from '../../src/find/groups.ts'

const LEADER = 500
const OWN: Grouped = { pid: process.pid, startTime: 10, group: process.pid, session: process.pid }

let time = 0
const clock = { now: () => time, at: (epochMs: number) => epochMs }

/** The pids in the leader's group, which it led from 100 to 200, at a time. */
function inGroupAt(at: number, ...stats: readonly Grouped[]): readonly number[] {
  return readAll([[at, stats]])[0] ?? []
}

/** The same in several readings, one after the other. */
function readAll(
  readings: readonly (readonly [number, readonly Grouped[]])[],
): readonly (readonly number[])[] {
  const read = openGroups([{ pid: LEADER, startTime: 100, endedAt: 200 }], clock)
  return readings.map(([at, stats]) => {
    time = at
    const isIn = read(new Map([OWN, ...stats].map(stat => [stat.pid, { stat }])))
    return stats.filter(isIn).map(({ pid }) => pid)
  })
}

function member(pid: number, startTime: number): Grouped {
  return { pid, startTime, group: LEADER, session: LEADER }
}

test('who was in the group while its leader lived is in it', () => {
  expect(inGroupAt(300, member(501, 150))).toEqual([501])
})

test('while one of them lives the number is theirs: who came later is in the group too', () => {
  expect(inGroupAt(300, member(501, 150), member(502, 290))).toEqual([501, 502])
  const later = [
    [300, [member(501, 150), member(502, 290)]],
    [400, [member(502, 290), member(503, 350)]],
    [500, [member(503, 350)]],
  ] as const
  expect(readAll(later)).toEqual([[501, 502], [502, 503], [503]])
})

test('where all of them had ended, who came later may be in another group with the number', () => {
  expect(inGroupAt(400, member(501, 350), member(502, 360))).toEqual([])
})

test('where another process has the number, nobody is in the group', () => {
  expect(inGroupAt(400, member(LEADER, 350), member(501, 150))).toEqual([])
})

test('who is older than the leader is in another group', () => {
  expect(inGroupAt(300, member(501, 50))).toEqual([])
})

test('the leader is not among those in its group', () => {
  expect(inGroupAt(150, member(LEADER, 100), member(501, 140))).toEqual([501])
})

test('where this process does not see itself, no group is swept', () => {
  const read = openGroups([{ pid: LEADER, startTime: 100 }], clock)
  time = 150
  const isIn = read(new Map([[501, { stat: member(501, 140) }]]))
  expect(isIn(member(501, 140))).toBe(false)
})
