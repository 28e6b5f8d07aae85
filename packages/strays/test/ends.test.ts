/** The part of `npm run reaper` that every change must pass. */
import { bedsOf } from '@vitest-pool-lua/beds'
import { describe, expect, test } from 'vitest'
import { measure } from '../src/ends/measure.ts'
import type { State } from '../src/ends/measure.ts'
import { WAYS, waysNamed } from '../src/ends/ways.ts'
import { reasonMissing } from '../src/reason-missing.ts'

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

test('a way that does not exist is refused, with those that do', () => {
  expect(() => waysNamed(['SIGKILL', 'kindness'])).toThrow(
    "No way has 'kindness' in its name. There are: SIGKILL; ",
  )
})
