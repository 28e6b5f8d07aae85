/**
 * How 1,000 calls of `add(1, 2)` are distributed, as `measureCalls` tells it: from the very first call of the
 * process on, so each side has one of its own.
 */
import { measureCalls, type CallTimes } from '@vitest-pool-lua/state'
import { rowOf, type Row } from '../../report/row.ts'
import { chunks, type Side, type SideName } from '../sides/side.ts'
import { inUnit } from './rows-of.ts'

const figures = { first: 'first', mean: 'mean', p95: 'P95', p99: 'P99' } as const

export async function callTimes(side: Side): Promise<CallTimes> {
  const lua = await side.open()
  const add = `(function() ${chunks.add} end)()`
  const times = measureCalls(lua.compile(`local add = ${add} return function() return add(1, 2) end`), {
    calls: 1_000,
  })
  lua.close()
  return times
}

/** Of several processes the least: these are times by the clock, which other programs make longer. */
export function callRows(
  sides: readonly SideName[],
  found: readonly { side: SideName; times: CallTimes }[],
): Row[] {
  return Object.entries(figures).map(([figure, label]) => {
    const least = (side: SideName) => {
      const ofSide = found.filter(calls => calls.side === side)
      return Math.min(...ofSide.map(({ times }) => times[figure as keyof typeof figures]))
    }
    const values = sides.map(side => [side, inUnit(least(side), 'µs')] as const)
    return rowOf(`1,000 calls of add: ${label}`, 'µs', Object.fromEntries(values))
  })
}
