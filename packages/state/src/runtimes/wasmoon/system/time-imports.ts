/** The clock and the calendar of wasmoon's C library: JS's own, also where a test has put a fake in its place. */
import type { Heap } from '../heap.ts'
import {
  dateOfLocal,
  localTime,
  offsetsIn,
  readOffset,
  readTime,
  readZone,
  someDay,
  utcTime,
  writeOffset,
  writeTime,
} from './calendar.ts'
import { formatTime } from './format-time.ts'

/** `allocate` gives memory that is never freed. */
export function timeImports(heap: () => Heap, allocate: (size: number) => number) {
  return {
    emscripten_date_now: () => Date.now(),
    _emscripten_get_now_is_monotonic: () => 1,
    _gmtime_js: (seconds: bigint, at: number) => writeTime(heap(), at, utcTime(dateAt(seconds))),
    _localtime_js: (seconds: bigint, at: number) => writeLocal(dateAt(seconds), at),
    _mktime_js: (at: number): bigint => {
      const date = dateOfLocal(readTime(heap(), at))
      if (Number.isNaN(date.getTime())) return -1n
      writeLocal(date, at)
      return BigInt(Math.floor(date.getTime() / 1000))
    },
    /** Zones are left without names: one is looked for when it is asked for, which takes long. */
    _tzset_js: (offset: number, hasSummer: number, names: number) => {
      const { winterOffset, summerOffset } = offsetsIn(new Date())
      const empty = allocate(1)
      const { view } = heap()
      view.setInt32(offset, winterOffset * 60, true)
      view.setInt32(hasSummer, Number(winterOffset !== summerOffset), true)
      view.setUint8(empty, 0)
      for (const name of [names, names + 4]) view.setUint32(name, empty, true)
    },
    strftime: (target: number, room: number, format: number, at: number): number => {
      const zone = () => readZone(heap(), at) || localZone(readTime(heap(), at).summer > 0)
      const time = { ...readTime(heap(), at), offset: readOffset(heap(), at), zone }
      const text = Buffer.from(formatTime(heap().textAt(format), time))
      if (text.length >= room) return 0
      heap().bytes.set(text, target)
      heap().bytes[target + text.length] = 0
      return text.length
    },
  }

  function writeLocal(date: Date, at: number): void {
    writeTime(heap(), at, localTime(date))
    writeOffset(heap(), at, -60 * date.getTimezoneOffset())
  }
}

/** JS has no dates beyond these: there time stands still. */
const mostSeconds = 8_640_000_000_000n

function dateAt(seconds: bigint): Date {
  const most = seconds < 0n ? -mostSeconds : mostSeconds
  return new Date(Number(seconds / most === 0n ? seconds : most) * 1000)
}

/** 'CET' or, where nobody has letters for it, 'GMT+3': this year's name, as in C. */
function localZone(summer: boolean): string {
  const names = localesWithNames.map(locale => zoneName(locale, someDay(summer)))
  return names.find(name => !/^GMT[+-]/.test(name)) ?? names[0] ?? ''
}

/** Each knows the letters of the zones near it. */
const localesWithNames = ['en-US', 'en-GB', 'en-AU', 'en-IN']

function zoneName(locale: string, day: Date): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZoneName: 'short' }).formatToParts(day)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
}
