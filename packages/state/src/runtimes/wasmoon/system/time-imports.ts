/** The clock and the calendar of wasmoon's C library: JS's own, also where a test has put a fake in its place. */
import type { Heap } from '../heap.ts'
import {
  dateOfLocal,
  localTime,
  offsetsIn,
  readOffset,
  readTime,
  readZone,
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
      const zone = () => readZone(heap(), at) || localZone(dateOfLocal(readTime(heap(), at)))
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

function dateAt(seconds: bigint): Date {
  return new Date(Number(seconds) * 1000)
}

/** 'UTC', 'CET' or, where there are no such letters, 'GMT+3'. */
function localZone(date: Date): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' }).formatToParts(date)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
}
