import inspector from 'node:inspector'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { now } from '../../../../src/guards/clock.ts'
import { limitTime } from '../../../../src/guards/processes/time-limit.ts'
import type { Timed } from '../../../../src/guards/processes/time-limit.ts'

interface Watched {
  readonly told: number[]
  looks(this: void): number
}

function watch(limit: number, living: () => readonly Timed[]): Watched {
  const told: number[] = []
  let looks = 0
  const stop = limitTime({
    limit,
    living() {
      looks += 1
      return living()
    },
    over: ({ pid }) => told.push(pid),
  })
  onTestFinished(stop)
  return { told, looks: () => looks }
}

/** After so many looks. */
async function looked({ looks }: Watched, times: number): Promise<void> {
  const enough = looks() + times
  while (looks() < enough) await wait(1)
}

function process(pid: number, age: number, ppid = 1): Timed {
  return { pid, ppid, startTime: 0, since: now() - age }
}

test('what runs longer than the limit is told once, the oldest first', async () => {
  const all = [process(11, 5_000), process(12, 10_000), process(13, 0)]
  const watched = watch(1_000, () => all)
  await looked(watched, 3)
  expect(watched.told).toEqual([12, 11])
})

test('what an overdue process started is not told as well', async () => {
  const all = [process(12, 5_000, 11), process(11, 5_000)]
  const watched = watch(1_000, () => all)
  await looked(watched, 2)
  expect(watched.told).toEqual([11])
})

test('time with an open inspector does not count', async () => {
  const all: Timed[] = []
  const watched = watch(200, () => all)
  inspector.open(0)
  onTestFinished(() => inspector.close())
  all.push(process(11, 0))
  await looked(watched, 20)
  expect(watched.told).toEqual([])
})
