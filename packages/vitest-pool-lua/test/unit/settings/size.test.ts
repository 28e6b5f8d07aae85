import { totalmem } from 'node:os'
import { expect, test } from 'vitest'
import { Problems } from '../../../src/settings/problem.ts'
import { size } from '../../../src/settings/size.ts'

function read(value: unknown): number | undefined {
  const problems = new Problems()
  const bytes = size(value, 'limits.stateMemory', problems)
  expect(problems.list).toEqual([])
  return bytes
}

test.each([
  [256_000_000, 256_000_000],
  ['1024', 1024],
  ['256MB', 256_000_000],
  ['256mb', 256_000_000],
  ['256 MB', 256_000_000],
  ['256m', 256_000_000],
  ['2k', 2_000],
  ['2KiB', 2_048],
  ['1MiB', 1_048_576],
  ['1.5GB', 1_500_000_000],
  ['1G', 1_000_000_000],
  ['1GiB', 1_073_741_824],
  [1_000.7, 1_000],
])('%s is %i bytes', (given, bytes) => {
  expect(read(given)).toBe(bytes)
})

test.each([['50%'], ['0.5'], [0.5]])("%s is a part of the machine's memory", given => {
  expect(read(given)).toBe(Math.floor(totalmem() / 2))
})

test('no size is none', () => {
  expect(read(undefined)).toBeUndefined()
})

test.each([
  ['a lot', '"a lot"'],
  ['', '""'],
  ['5 apples', '"5 apples"'],
  ['-5MB', '"-5MB"'],
  ['0%', '"0%"'],
  [0, '0'],
  [-1, '-1'],
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
  [5n, '5n'],
  [null, 'null'],
])('%s is refused', (given, shown) => {
  const problems = new Problems()
  expect(size(given, 'limits.stateMemory', problems)).toBeUndefined()
  expect(problems.list).toEqual([
    {
      at: 'limits.stateMemory',
      says: `got ${shown}, allowed is a size such as '256MB', '10%' of the machine's memory, or a number of bytes`,
    },
  ])
})
