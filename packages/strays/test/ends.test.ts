/** The part of `npm run reaper` that every change must pass. */
import { bedsOf } from '@vitest-pool-lua/beds'
import { describe, expect, test } from 'vitest'
import { measure } from '../src/ends/measure.ts'
import type { State } from '../src/ends/measure.ts'
import { WAYS, waysNamed } from '../src/ends/ways.ts'
import { reasonMissing } from '../src/reason-missing.ts'
import { pathWith } from './path-with.ts'

const SAMPLE: readonly (readonly [vitest: string, way: string, state: State])[] = [
  ['5.1', 'SIGKILL to its process group', 'spins'],
  ['5.1', 'SIGTERM', 'awaits'],
  ['5.1', 'Ctrl+C twice, watching', 'spins'],
  ['5.1', 'a pipe to head -1', 'awaits'],
  ['4.1', 'SIGKILL', 'spins'],
  ['4.1', 'Ctrl+C', 'spins'],
  ['4.1', 'a closed terminal', 'awaits'],
  ['4.1', 'an error that nobody catches', 'awaits'],
]

const reason = reasonMissing()

describe.skipIf(reason !== undefined)(`nothing is left${reason === undefined ? '' : ` (${reason})`}`, () => {
  test.each(SAMPLE)(
    'on Vitest %s, when the main process ends by %s while its test %s',
    async (vitest, name, state) => {
      const [bed] = await bedsOf([vitest])
      const way = WAYS.find(one => one.name === name)
      if (bed === undefined || way === undefined) throw new Error(`There is no '${name}' on ${vitest}.`)

      const { left, processes, folders, reaperAfter, output } = await measure({ way, state, bed })

      expect(left, output).toEqual([])
      expect(folders).toEqual([])
      // The worker, and what its test had started: seven that sleep, and one that waits to print.
      expect(processes).toBeGreaterThanOrEqual(9)
      expect(reaperAfter).not.toBeNull()
    },
  )
})

describe.skipIf(reason !== undefined)('in the tier that asks ps, when the main process is killed', () => {
  test.each([
    // Two daemons have sessions of their own. Without ps nobody sees that a child with a session descends from a worker.
    ['with ps', ['ps', 'sh', 'sleep', 'setsid', 'env', 'prlimit', 'cat'], 2],
    ['without ps', ['sh', 'sleep', 'setsid', 'env', 'prlimit', 'cat'], 3],
  ])('%s, what it promises is ended, and the reaper with it', async (_, programs, most) => {
    const [bed] = await bedsOf(['5.1'])
    const [way] = waysNamed(['SIGKILL'])
    if (bed === undefined || way === undefined) throw new Error('There is no SIGKILL on 5.1.')
    const env = { TIER: 'tree', PATH: pathWith(...programs) }

    const { left, processes, folders, reaperAfter, output } = await measure({
      way: { ...way, env },
      state: 'spins',
      bed,
    })

    expect(processes).toBeGreaterThanOrEqual(9)
    expect(left.length, left.join('; ') + output).toBeLessThanOrEqual(most)
    expect(left.every(command => command.startsWith('sleep '))).toBe(true)
    expect(folders).toEqual([])
    expect(reaperAfter).not.toBeNull()
  })
})

test('a way that does not exist is refused, with those that do', () => {
  expect(() => waysNamed(['SIGKILL', 'kindness'])).toThrow(
    "No way has 'kindness' in its name. There are: SIGKILL; ",
  )
})
