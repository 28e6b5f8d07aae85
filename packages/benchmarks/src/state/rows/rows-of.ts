/** From the times of contenders to rows of the report. */
import type { Times } from '../../measure/compare.ts'
import { rowOf, type Goals, type Row } from '../../report/row.ts'

export type TimeUnit = 'ns' | 'µs' | 'ms'

const perMillisecond: Record<TimeUnit, number> = { ns: 1e6, µs: 1e3, ms: 1 }

/** Each side's least time, for one. */
export function timesRow(
  name: string,
  unit: TimeUnit,
  times: ReadonlyMap<string, Times>,
  goals?: Goals,
): Row {
  const values = [...times].map(([side, { best }]) => [side, best * perMillisecond[unit]] as const)
  return rowOf(name, unit, Object.fromEntries(values), goals)
}

export function inUnit(milliseconds: number, unit: TimeUnit): number {
  return milliseconds * perMillisecond[unit]
}
