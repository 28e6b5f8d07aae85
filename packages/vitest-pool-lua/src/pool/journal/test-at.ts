/**
 * Which test ran when something began, by the times of the journal; null where none did, or several at once.
 *
 *     testAt(state.memory, monotonic() - ageMs)
 */
import type { TestName } from '../../protocol/finding.ts'
import type { JournalLine } from '../../protocol/journal.ts'

/** ms: the system tells the age of a process by hundredths of a second. */
const UNCERTAIN = 20

interface Span {
  readonly test: TestName
  readonly from: number
  to: number
}

/** @param time ms, on the clock of the journals */
export function testAt(lines: Iterable<JournalLine>, time: number): TestName | null {
  const spans = spansIn(lines)
  const ran = (tolerance: number): Span[] =>
    spans.filter(({ from, to }) => from <= time + tolerance && to >= time - tolerance)
  const [exactly, nearly] = [ran(0), ran(UNCERTAIN)]
  const [found, ...others] = exactly.length > 0 ? exactly : nearly
  return found === undefined || others.length > 0 ? null : found.test
}

function spansIn(lines: Iterable<JournalLine>): Span[] {
  const spans = new Map<string, Span>()
  for (const line of lines) {
    if (line.type === 'test-began')
      spans.set(line.test.id, { test: line.test, from: line.at, to: Number.POSITIVE_INFINITY })
    const ended = line.type === 'test-ended' ? spans.get(line.test) : undefined
    if (ended !== undefined) ended.to = line.at
  }
  return [...spans.values()]
}
