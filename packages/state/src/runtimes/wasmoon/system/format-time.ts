/** C's `strftime` in the locale "C", https://en.cppreference.com/w/c/chrono/strftime */
import type { BrokenDownTime } from './calendar.ts'

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

export interface FormattedTime extends BrokenDownTime {
  /** Seconds east of UTC. */
  readonly offset: number
  readonly zone: () => string
}

type Conversion = (time: FormattedTime) => string

const two = (value: number) => String(value).padStart(2, '0')
const hour12 = ({ hour }: BrokenDownTime) => hour % 12 || 12
const firstThree = (names: readonly string[], index: number) => (names[index] ?? '?').slice(0, 3)

const conversions: Record<string, Conversion> = {
  a: time => firstThree(weekdays, time.weekday),
  A: time => weekdays[time.weekday] ?? '?',
  b: time => firstThree(months, time.month),
  B: time => months[time.month] ?? '?',
  c: time => formatTime('%a %b %e %H:%M:%S %Y', time),
  C: time => two(Math.floor(time.year / 100)),
  d: time => two(time.day),
  D: time => formatTime('%m/%d/%y', time),
  e: time => String(time.day).padStart(2, ' '),
  F: time => formatTime('%Y-%m-%d', time),
  g: time => two(remainder(isoWeek(time).year, 100)),
  G: time => String(isoWeek(time).year),
  h: time => firstThree(months, time.month),
  H: time => two(time.hour),
  I: time => two(hour12(time)),
  j: time => String(time.yearDay + 1).padStart(3, '0'),
  m: time => two(time.month + 1),
  M: time => two(time.minute),
  n: () => '\n',
  p: time => (time.hour < 12 ? 'AM' : 'PM'),
  r: time => formatTime('%I:%M:%S %p', time),
  R: time => formatTime('%H:%M', time),
  S: time => two(time.second),
  t: () => '\t',
  T: time => formatTime('%H:%M:%S', time),
  u: time => String(time.weekday || 7),
  U: time => two(Math.floor((time.yearDay + 7 - time.weekday) / 7)),
  V: time => two(isoWeek(time).week),
  w: time => String(time.weekday),
  W: time => two(Math.floor((time.yearDay + 7 - sinceMonday(time)) / 7)),
  x: time => formatTime('%m/%d/%y', time),
  X: time => formatTime('%H:%M:%S', time),
  y: time => two(remainder(time.year, 100)),
  Y: time => String(time.year),
  z: time => formatOffset(time.offset),
  Z: time => time.zone(),
  '%': () => '%',
}

/** `E` and `O` ask for another locale's ways, which "C" does not have. */
export function formatTime(format: string, time: FormattedTime): string {
  return format.replaceAll(/%[EO]?(.)/gs, (whole, letter: string) => conversions[letter]?.(time) ?? whole)
}

/** Weeks begin on Mondays, and the first is the one with the year's first Thursday. */
function isoWeek(time: BrokenDownTime): { year: number; week: number } {
  const { year } = time
  const week = Math.floor((time.yearDay - sinceMonday(time) + 10) / 7)
  if (week < 1) return { year: year - 1, week: isoWeeksIn(year - 1) }
  return week > isoWeeksIn(year) ? { year: year + 1, week: 1 } : { year, week }
}

/** 53 where the year begins, or its predecessor ends, so that a Thursday is its first or last day. */
function isoWeeksIn(year: number): number {
  return lastWeekday(year) === 4 || lastWeekday(year - 1) === 3 ? 53 : 52
}

function lastWeekday(year: number): number {
  return remainder(year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400), 7)
}

function sinceMonday({ weekday }: BrokenDownTime): number {
  return (weekday + 6) % 7
}

function formatOffset(seconds: number): string {
  const minutes = Math.floor(Math.abs(seconds) / 60)
  return `${seconds < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`
}

function remainder(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor
}
