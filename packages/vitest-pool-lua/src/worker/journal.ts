/**
 * This worker's journal: see protocol/journal.ts.
 *
 * Each entry is one write to a file that was opened for appending: it is there whatever happens next, and the watch
 * thread of a runtime may write between. 1.5 µs for a short one.
 */
import { openSync, readSync, writeSync } from 'node:fs'
import type { JournalEntry } from '../protocol/journal.ts'

export interface Journal {
  /** For a thread that writes entries of its own. */
  readonly descriptor: number
  write(this: void, entry: JournalEntry): void
  /** Resident memory of this process, in bytes: 2 µs on Linux. */
  memory(this: void): number
}

/** Tests may replace what they find: these are the real ones. */
const hrtime = process.hrtime.bind(process)
const { stringify } = JSON

/** @param lost is called once when the journal cannot be written any more, by a full disk, say */
export function openJournal(path: string, lost: () => void = () => {}): Journal {
  const write = appender(path)
  let isLost = false
  return {
    descriptor: write.descriptor,
    write(entry) {
      if (isLost) return
      isLost = !write.append(line(entry))
      if (isLost) lost()
    },
    memory: memoryReader(),
  }
}

/** A test that closes descriptors which are not its own takes the journal's along: it is opened again. */
function appender(path: string): { readonly descriptor: number; append(entry: string): boolean } {
  let descriptor = openSync(path, 'a')
  return {
    descriptor,
    append: entry =>
      succeeds(() => writeSync(descriptor, entry)) ||
      succeeds(() => {
        descriptor = openSync(path, 'a')
        writeSync(descriptor, entry)
      }),
  }
}

function succeeds(work: () => void): boolean {
  try {
    work()
    return true
  } catch {
    return false
  }
}

function line(entry: JournalEntry): string {
  const [seconds, nanoseconds] = hrtime()
  const at = Math.round(seconds * 1e6 + nanoseconds / 1e3) / 1e3
  return `{"at":${at},${text(entry).slice(1)}\n`
}

/** Users may put anything into a test's meta, and errors may hold themselves. */
function text(entry: JournalEntry): string {
  try {
    return stringify(entry)
  } catch {
    return withoutMeta(entry)
  }
}

/** What throws as it is read stands in what the user gave. */
function withoutMeta(entry: JournalEntry): string {
  try {
    return stringify(entry, withoutCycles())
  } catch {
    return stringify({ ...entry, meta: {} }, withoutCycles())
  }
}

function withoutCycles(): (this: unknown, key: string, value: unknown) => unknown {
  const above: unknown[] = []
  return function plain(_key, value) {
    while (above.length > 0 && above.at(-1) !== this) above.pop()
    if (typeof value === 'bigint') return `${value}n`
    if (typeof value !== 'object' || value === null) return value
    if (above.includes(value)) return '[circular]'
    above.push(value)
    return value
  }
}

/** Where there is /proc, its shortest file: Node reads a longer one and looks for more, which takes 9 µs. */
function memoryReader(): () => number {
  const slow = process.memoryUsage.rss.bind(process.memoryUsage)
  if (process.platform !== 'linux') return slow
  try {
    const statm = openSync('/proc/self/statm', 'r')
    const bytes = Buffer.alloc(128)
    const pages = (): number =>
      Number(bytes.toString('latin1', 0, readSync(statm, bytes, 0, 128, 0)).split(' ')[1])
    const pageSize = Math.round(slow() / pages())
    return () => pages() * 2 ** Math.round(Math.log2(pageSize))
  } catch {
    return slow
  }
}
