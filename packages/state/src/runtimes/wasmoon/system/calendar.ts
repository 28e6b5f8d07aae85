/** `struct tm` and JS's Date, both ways. */
import type { Heap } from '../heap.ts'

/** Months and days of the week from 0, days of the year from 0, as in C. */
export interface BrokenDownTime {
  readonly second: number
  readonly minute: number
  readonly hour: number
  readonly day: number
  readonly month: number
  readonly year: number
  readonly weekday: number
  readonly yearDay: number
  /** Summer time: positive, 0, or negative where it is not known. */
  readonly summer: number
}

/** In the order of musl's `struct tm`, each an int; the year counts from 1900 there. */
const fields = ['second', 'minute', 'hour', 'day', 'month', 'year', 'weekday', 'yearDay', 'summer'] as const
const firstYear = 1900
const dayLength = 86_400_000
const minute = 60_000

/** What follows the fields: seconds east of UTC, and the name of the zone. */
const offsetField = 36
const zoneField = 40

export function readTime(heap: Heap, at: number): BrokenDownTime {
  const values = fields.map((name, index) => [name, heap.view.getInt32(at + index * 4, true)] as const)
  const time = Object.fromEntries(values) as unknown as BrokenDownTime
  return { ...time, year: time.year + firstYear }
}

export function writeTime(heap: Heap, at: number, time: BrokenDownTime): void {
  const values = { ...time, year: time.year - firstYear }
  for (const [index, name] of fields.entries()) heap.view.setInt32(at + index * 4, values[name], true)
}

export function writeOffset(heap: Heap, at: number, seconds: number): void {
  heap.view.setInt32(at + offsetField, seconds, true)
}

export function readOffset(heap: Heap, at: number): number {
  return heap.view.getInt32(at + offsetField, true)
}

/** Empty for local time. */
export function readZone(heap: Heap, at: number): string {
  const name = heap.view.getUint32(at + zoneField, true)
  return name === 0 ? '' : heap.textAt(name)
}

export function utcTime(date: Date): BrokenDownTime {
  const year = date.getUTCFullYear()
  return {
    second: date.getUTCSeconds(),
    minute: date.getUTCMinutes(),
    hour: date.getUTCHours(),
    day: date.getUTCDate(),
    month: date.getUTCMonth(),
    year,
    weekday: date.getUTCDay(),
    yearDay: Math.floor((date.getTime() - utcStartOf(year)) / dayLength),
    summer: 0,
  }
}

export function localTime(date: Date): BrokenDownTime {
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * minute)
  return { ...utcTime(shifted), summer: Number(isSummer(date)) }
}

/** Fields may lie outside their ranges. `summer` decides between two readings of the clock. */
export function dateOfLocal({
  second,
  minute: minutes,
  hour,
  day,
  month,
  year,
  summer,
}: BrokenDownTime): Date {
  const date = new Date(0)
  date.setFullYear(year, month, day)
  date.setHours(hour, minutes, second, 0)
  const { winterOffset, summerOffset } = offsetsIn(date)
  if (summer >= 0 && summer > 0 !== isSummer(date)) {
    const difference = (winterOffset - summerOffset) * minute
    date.setTime(date.getTime() + (summer > 0 ? -difference : difference))
  }
  return date
}

/** In minutes west of UTC, as JS has them; equal where the clock never changes. */
export function offsetsIn(date: Date): { winterOffset: number; summerOffset: number } {
  const offsets = halves(date.getFullYear()).map(day => day.getTimezoneOffset())
  return { winterOffset: Math.max(...offsets), summerOffset: Math.min(...offsets) }
}

/** Of this year, in summer time or not. */
export function someDay(summer: boolean): Date {
  const [first, second] = halves(new Date().getFullYear())
  return isSummer(second) === summer ? second : first
}

function halves(year: number): [Date, Date] {
  return [new Date(year, 0, 1), new Date(year, 6, 1)]
}

function isSummer(date: Date): boolean {
  return date.getTimezoneOffset() < offsetsIn(date).winterOffset
}

function utcStartOf(year: number): number {
  return new Date(0).setUTCFullYear(year, 0, 1)
}
