/**
 * A line of the journal, against a bare write of the same text to the same kind of file. The issue it answers allows
 * 5 µs a line; a ratio says the same on every machine.
 */
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compare, timed, type Effort } from '../measure/compare.ts'
import { rowOf, type Row } from '../report/row.ts'
import { inMicroseconds, repeated } from './repeated.ts'
import { bundleParts, loadPart } from './worker-parts.ts'

interface JournalPart {
  readonly openJournal: (path: string) => {
    readonly write: (entry: object) => void
    readonly memory: () => number
  }
}

const test = { id: '-1264331920_4_0_2', fullName: 'prices > of fruit > are rounded to cents' }
const result = { state: 'pass', startTime: 1_795_000_000_000, retryCount: 0, repeatCount: 0, duration: 1.25 }

const lines = {
  'a test begins': (memory: () => number) => ({ type: 'test-began', test, rss: memory() }),
  'its function begins': () => ({ type: 'body-began', test: test.id, timeout: 5_000 }),
  'it ends': (memory: () => number) => ({
    type: 'test-ended',
    test: test.id,
    result,
    meta: {},
    rss: memory(),
  }),
  'a beat': () => ({ type: 'beat', inspector: false }),
} as const

/** Most lines of a worker are those of its tests. */
const goal = 4

export async function* journalRows(effort: Effort): AsyncGenerator<Row> {
  await bundleParts()
  const { openJournal } = await loadPart<JournalPart>('journal')
  for (const [name, entryOf] of Object.entries(lines)) yield await row(openJournal, name, entryOf, effort)
}

async function row(
  openJournal: JournalPart['openJournal'],
  name: string,
  entryOf: (memory: () => number) => object,
  effort: Effort,
): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'journal-'))
  const journal = openJournal(join(folder, 'journal'))
  const write = (): void => journal.write(entryOf(journal.memory))
  write()
  const text = readFileSync(join(folder, 'journal'))
  const bare = openSync(join(folder, 'bare'), 'a')
  const times = await compare(
    [
      { name: 'journal', sample: timed({ run: repeated(write) }) },
      { name: 'bare write', sample: timed({ run: repeated(() => writeSync(bare, text)) }) },
    ],
    effort,
  )
  closeSync(bare)
  rmSync(folder, { recursive: true })
  return rowOf(name, 'µs', inMicroseconds(times), { 'bare write': goal })
}
