import { expect, test } from 'vitest'
import { sweep } from '../src/index.ts'

const nobody = { roots: [2 ** 22 + 1] }

test.each([{ termAfter: -1 }, { timeout: Number.NaN }, { timeout: Number.POSITIVE_INFINITY }])(
  'the options %o are refused',
  async options => {
    await expect(sweep(nobody, options)).rejects.toMatchObject({ code: 'LUA_SWEEP_BAD_OPTION' })
  },
)

test('a sweep that finds nothing does not wait', async () => {
  const { durationMs, processes } = await sweep(nobody, { termAfter: 60_000 })

  expect(processes).toEqual([])
  expect(durationMs).toBeLessThan(30_000)
})
