/**
 * How long calls take, for budgets in tests and for benchmarks.
 *
 *     const { mean, p99 } = measureCalls(() => state.globals.step(), { calls: 10_000, warmup: 100 })
 */
import { now } from './clock.ts'
import { LuaStateRangeError } from './errors.ts'

export interface MeasureOptions {
  /** How many calls are measured; default 1,000. */
  calls?: number
  /** How many calls are made before, unmeasured; default 0, and then `first` is the very first call. */
  warmup?: number
}

/** All in ms. */
export interface CallTimes {
  readonly first: number
  readonly mean: number
  readonly p95: number
  readonly p99: number
}

export function measureCalls(call: () => unknown, options: MeasureOptions = {}): CallTimes {
  const { calls = 1_000, warmup = 0 } = options
  if (!Number.isInteger(calls) || calls < 1) throw wrong('calls', calls, 'an integer from 1')
  if (!Number.isInteger(warmup) || warmup < 0) throw wrong('warmup', warmup, 'an integer from 0')
  for (let index = 0; index < warmup; index++) call()
  const times = new Float64Array(calls)
  for (let index = 0; index < calls; index++) times[index] = timeOf(call)
  const first = times[0] as number
  const mean = times.reduce((sum, time) => sum + time, 0) / calls
  times.sort()
  return { first, mean, p95: percentile(times, 0.95), p99: percentile(times, 0.99) }
}

function timeOf(call: () => unknown): number {
  const start = now()
  call()
  return now() - start
}

/** The nearest rank. */
function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number
}

function wrong(option: string, value: unknown, wanted: string): RangeError {
  return new LuaStateRangeError(
    'LUA_STATE_OPTION_INVALID',
    `measureCalls was given ${option}: ${String(value)}. Allowed is ${wanted}.`,
  )
}
