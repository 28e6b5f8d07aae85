import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import type { Member, Search } from '../src/find/finder.ts'
import { openHunt } from '../src/hunt.ts'

/** Finds it once, as if it were gone the next time. */
function findingOnce(member: Member): Search {
  const found = [[member], []]
  return { rescan: () => found.shift() ?? [], forEachSame: (processes, act) => processes.forEach(act) }
}

test.each([
  ['is told as ended', false, ['ended']],
  ['whose main thread had ended when it was found is not told: it was on its way out', true, []],
])('a process that is gone after a signal %s', async (_, ending, outcomes) => {
  const child = spawn('sleep', ['100'])
  const member: Member = {
    pid: child.pid ?? 0,
    ppid: process.pid,
    startTime: 0,
    command: 'sleep 100',
    ageMs: 0,
    cpuMs: 0,
    rssBytes: 0,
    found: 'descent',
    stopped: false,
    ending,
    exempting: false,
  }
  const hunt = openHunt(findingOnce(member), {})
  await hunt.signal(await hunt.rescan(), 'SIGKILL')
  await once(child, 'exit')
  expect(await hunt.rescan()).toEqual([])
  expect(hunt.outcomes().map(({ outcome }) => outcome)).toEqual(outcomes)
})
