import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Limit } from '../../../../src/pool/journal/deadline.ts'
import type { Life } from '../../../../src/pool/life/life.ts'
import { watchLife } from '../../../../src/pool/life/watch-life.ts'
import type { LifeWatch } from '../../../../src/pool/life/watch-life.ts'
import { live } from './small-life.ts'

/** In a test whose limit of 50 ms is over at once. */
const IN_TEST = `write({ type: 'collected', sequential: [], rss: 1 })
  write({ type: 'body-began', test: 'adds', timeout: 50 });`
const LIMITS = { grace: 100, collectLimit: 60_000, hookTimeout: 10_000 }

interface Watched {
  readonly samples: number[]
  readonly blocked: (Limit | undefined)[]
  readonly overMemory: number[]
  readonly unwatch: () => void
  /** So many looks more. */
  looks(this: void, count: number): Promise<void>
}

function watch(life: Life, changes: Partial<LifeWatch> = {}): Watched {
  const samples: number[] = []
  const blocked: (Limit | undefined)[] = []
  const overMemory: number[] = []
  const unwatch = watchLife(life.process.pid ?? 0, life.journal, {
    limits: LIMITS,
    workerMemory: null,
    sampled: rss => samples.push(rss),
    blocked: overdue => blocked.push(overdue),
    overMemory: rss => overMemory.push(rss),
    ...changes,
  })
  onTestFinished(unwatch)
  const looks = async (count: number): Promise<void> => {
    const goal = samples.length + count
    await vi.waitFor(() => expect(samples.length).toBeGreaterThanOrEqual(goal), 20_000)
  }
  return { samples, blocked, overMemory, unwatch, looks }
}

/** Until something is told. */
async function told(list: readonly unknown[]): Promise<void> {
  await vi.waitFor(() => expect(list).toHaveLength(1), 20_000)
}

test('a worker that is silent after its limit and the grace is told of once, with what is overdue', async () => {
  const silent = await live(`${IN_TEST} for (;;);`)
  const { blocked, samples } = watch(silent)
  await told(blocked)
  expect(blocked).toMatchObject([{ of: 'test', limit: 50 }])
  const looked = samples.length
  await watch(await live('stay()')).looks(5)
  expect(blocked).toHaveLength(1)
  expect(samples).toHaveLength(looked)
})

test('a worker that gives signs of life is not blocked, however long its test takes', async () => {
  const { blocked, looks } = watch(await live(`${IN_TEST} beat()`), {
    limits: { ...LIMITS, grace: 1_000 },
  })
  await looks(8)
  expect(blocked).toEqual([])
})

describe('memory', () => {
  test('is sampled from outside', async () => {
    const { samples, looks } = watch(await live('stay()'))
    await looks(3)
    expect(Math.min(...samples)).toBeGreaterThan(1_000_000)
  })

  test('over its limit is told of once, with what it is', async () => {
    const { overMemory, blocked, samples } = watch(await live(`${IN_TEST} for (;;);`), { workerMemory: 1 })
    await told(overMemory)
    expect(overMemory).toEqual(samples)
    await watch(await live('stay()')).looks(5)
    expect([overMemory.length, blocked.length]).toEqual([1, 0])
  })

  test('below its limit is nobody to be told of', async () => {
    const { overMemory, looks } = watch(await live('stay()'), { workerMemory: 1e12 })
    await looks(3)
    expect(overMemory).toEqual([])
  })

  test('of a process that is gone is what it wrote last', async () => {
    const gone = await live('process.kill(process.pid, "SIGKILL")')
    await gone.gone
    const { samples, looks } = watch(gone)
    await looks(1)
    expect(samples[0]).toBe(50_000_000)
  })
})

test.runIf(process.platform === 'linux')('no time passes for a worker that is stopped', async () => {
  const life = await live(`${IN_TEST} stay()`)
  life.process.kill('SIGSTOP')
  const { blocked, looks } = watch(life, { limits: { ...LIMITS, grace: 400 } })
  await looks(12)
  expect(blocked).toEqual([])
  life.process.kill('SIGCONT')
  await told(blocked)
})

test('nobody looks any more once the watch is ended', async () => {
  const { samples, unwatch, looks } = watch(await live('stay()'))
  await looks(1)
  unwatch()
  const looked = samples.length
  await watch(await live('stay()')).looks(5)
  expect(samples).toHaveLength(looked)
})
