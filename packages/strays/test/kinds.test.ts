import type { MadeBed } from '@vitest-pool-lua/beds'
import { BARE, bedsOf, installBed, packedTarballs } from '@vitest-pool-lua/beds'
import { describe, expect, test } from 'vitest'
import { KINDS } from '../src/kinds/kinds.ts'
import { measureKind } from '../src/kinds/measure.ts'
import { problemOf } from '../src/kinds/problem.ts'
import { isPromised } from '../src/kinds/promise.ts'
import { reasonMissing } from '../src/reason-missing.ts'
import { pathWith } from './path-with.ts'

const CELLS = KINDS.flatMap(kind => [['alive', '5.1', kind] as const, ['dead', '4.1', kind] as const])

/** All that the kinds need, and no prlimit. */
const PROGRAMS = ['sh', 'sleep', 'setsid', 'env']

async function bedOf(vitest: string): Promise<MadeBed> {
  const [bed] = await bedsOf([vitest])
  if (bed === undefined) throw new Error(`There is no bed with Vitest ${vitest}.`)
  return bed
}

describe.skipIf(reasonMissing() !== undefined)('on Linux', () => {
  test.each(CELLS)(
    'with the worker %s on Vitest %s, nothing is left of a %s',
    async (worker, vitest, kind) => {
      const cell = { bed: await bedOf(vitest), kind, worker }
      expect(problemOf(cell, await measureKind(cell))).toBeUndefined()
    },
  )

  test.each(CELLS.filter(([worker, , kind]) => isPromised({ worker, kind, tier: 'tree' })))(
    'the tier that asks ps keeps its promise: with the worker %s on Vitest %s, nothing is left of a %s',
    async (worker, vitest, kind) => {
      const cell = { bed: await bedOf(vitest), kind, worker, tier: 'tree' } as const
      expect(problemOf(cell, await measureKind(cell))).toBeUndefined()
    },
  )

  test.each([
    ['alive', '5.1'],
    ['dead', '4.1'],
  ] as const)(
    'what that tier does not find holds no run up: with the worker %s on Vitest %s',
    async (worker, vitest) => {
      const kind = 'daemon that holds the output'
      const cell = { bed: await bedOf(vitest), kind, worker, tier: 'tree' } as const

      const outcome = await measureKind(cell)

      expect(problemOf(cell, outcome)).toBeUndefined()
      expect(outcome.left).toHaveLength(1)
      // What Vitest says when it has waited, and ends by force.
      expect(outcome.output).not.toContain('close timed out')
    },
  )

  test.each([
    ['alive', '5.1', 0],
    ['dead', '4.1', 1],
  ] as const)(
    'without ps that tier says once what is missing, and the run goes on: with the worker %s on Vitest %s',
    async (worker, vitest, expected) => {
      const env = { PATH: pathWith('sh', 'sleep') }
      const cell = { bed: await bedOf(vitest), kind: 'child', worker, tier: 'tree', env } as const

      const { exitCode, findings, output } = await measureKind(cell)

      expect(exitCode, output).toBe(expected)
      const failed = findings.filter(({ kind }) => kind === 'guard-failed')
      expect(failed).toMatchObject([
        { text: expect.stringMatching(/the program "ps" is in no folder of PATH .*install procps/) },
      ])
      expect(output).not.toContain('its reaper is gone')
    },
  )

  test.each(CELLS.filter(([, , kind]) => kind.endsWith('with a cleared environment')))(
    'without prlimit koffi brands: with the worker %s on Vitest %s, nothing is left of a %s',
    async (worker, vitest, kind) => {
      const cell = { bed: await bedOf(vitest), kind, worker, env: { PATH: pathWith(...PROGRAMS) } }
      expect(problemOf(cell, await measureKind(cell))).toBeUndefined()
    },
  )

  test.each([
    ['alive', 'daemon'],
    ['dead', 'daemon'],
    ['alive', 'orphan with a cleared environment'],
    ['dead', 'orphan with a cleared environment'],
    ['dead', 'child with a cleared environment'],
  ] as const)(
    'where nothing is branded, cookie and group are left: with the worker %s, nothing is left of a %s',
    async (worker, kind) => {
      const bed = { vitest: '5.1', folder: await installBed(BARE, packedTarballs()) }
      const cell = { bed, kind, worker, env: { PATH: pathWith(...PROGRAMS) } }
      expect(problemOf(cell, await measureKind(cell))).toBeUndefined()
    },
  )
})
