/**
 * A worker's resident memory over time, in a few samples however long it lives.
 *
 *     const curve = memoryCurve()
 *     curve.add({ ms: 250, rss: 61_000_000 })
 *     death.memory = curve.samples()
 *
 * It keeps the first sample, the last one, and of equal parts of what lies between the largest of each: thinned
 * evenly, and no peak is lost.
 */
import type { MemorySample } from '../../protocol/death.ts'

/** Even, because parts are joined in pairs; with the first and the last one there are at most 50. */
const MOST_PARTS = 48

export interface MemoryCurve {
  /** In the order of their times; one that comes late is put in its place. */
  add(sample: MemorySample): void
  samples(): readonly MemorySample[]
}

export function memoryCurve(): MemoryCurve {
  let first: MemorySample | undefined
  let last: MemorySample | undefined
  let parts: MemorySample[] = []
  let partLength = 1
  let inLastPart = 1

  const keep = (sample: MemorySample): void => {
    const part = parts.at(-1)
    if (part !== undefined && inLastPart < partLength) {
      parts[parts.length - 1] = larger(part, sample)
      inLastPart += 1
      return
    }
    if (parts.length === MOST_PARTS) {
      parts = joinedInPairs(parts)
      partLength *= 2
    }
    parts.push(sample)
    inLastPart = 1
  }

  return {
    add(sample) {
      if (first === undefined || sample.ms < first.ms) first = sample
      if (last === undefined || sample.ms >= last.ms) last = sample
      keep(sample)
    },
    samples: () => inOrder([first, ...parts, last]),
  }
}

function joinedInPairs(parts: readonly MemorySample[]): MemorySample[] {
  const joined: MemorySample[] = []
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 0) joined.push(part)
    else joined.push(larger(joined.pop() ?? part, part))
  }
  return joined
}

function larger(one: MemorySample, other: MemorySample): MemorySample {
  return other.rss > one.rss ? other : one
}

/** The first and the last one may stand in a part too. */
function inOrder(samples: readonly (MemorySample | undefined)[]): MemorySample[] {
  return [...new Set(samples)].filter(sample => sample !== undefined).toSorted((a, b) => a.ms - b.ms)
}
