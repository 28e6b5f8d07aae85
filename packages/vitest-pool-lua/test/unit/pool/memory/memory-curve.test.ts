import { expect, test } from 'vitest'
import { memoryCurve } from '../../../../src/pool/memory/memory-curve.ts'

function curveOf(samples: readonly { ms: number; rss: number }[]) {
  const curve = memoryCurve()
  for (const sample of samples) curve.add(sample)
  return curve.samples()
}

function ramp(length: number): { ms: number; rss: number }[] {
  return Array.from({ length }, (_, index) => ({ ms: index * 250, rss: 1_000 + index }))
}

test('without samples there is no curve', () => {
  expect(memoryCurve().samples()).toEqual([])
})

test.each([1, 2, 48])('%i samples are all kept', length => {
  expect(curveOf(ramp(length))).toEqual(ramp(length))
})

test.each([49, 50, 97, 1_000, 123_457])(
  'of %i samples at most 50 are kept, the first and the last among them',
  length => {
    const all = ramp(length)
    const kept = curveOf(all)
    expect(kept.length).toBeGreaterThan(20)
    expect(kept.length).toBeLessThanOrEqual(50)
    expect(kept[0]).toEqual(all[0])
    expect(kept.at(-1)).toEqual(all.at(-1))
  },
)

test('what is kept is spread evenly over the time', () => {
  const times = curveOf(ramp(10_000)).map(({ ms }) => ms)
  const gaps = times.slice(1).map((ms, index) => ms - (times[index] ?? 0))
  expect(Math.max(...gaps)).toBeLessThanOrEqual((10_000 * 250) / 19)
})

test('however short a peak was, it is kept', () => {
  for (const at of [0, 1, 47, 48, 49, 500, 501, 998, 999]) {
    const all = ramp(1_000)
    all[at] = { ms: at * 250, rss: 1_000_000 }
    expect(curveOf(all)).toContainEqual({ ms: at * 250, rss: 1_000_000 })
  }
})

test('samples that come late are put in their place', () => {
  const [first, second, third, fourth] = ramp(4)
  expect(curveOf([second, fourth, third, first].map(sample => sample ?? { ms: 0, rss: 0 }))).toEqual(ramp(4))
})
