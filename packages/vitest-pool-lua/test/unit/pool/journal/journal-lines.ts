/** The lines of a worker's journal, and what they come to. Each was written 1 ms after the one before, or says when. */
import type { HookName, JournalEntry, JournalLine } from '../../../../src/protocol/journal.ts'
import { emptyState, fold } from '../../../../src/pool/journal/journal-state.ts'
import type { JournalState } from '../../../../src/pool/journal/journal-state.ts'
import type { TaskResult } from '../../../../src/protocol/task-result.ts'
import { testName } from '../../samples.ts'
import { FILE_ID, idOf } from '../file/file-tasks.ts'

export type Line = JournalEntry & { readonly at?: number }

export function linesOf(entries: readonly Line[]): JournalLine[] {
  let last = 0
  return entries.map(entry => {
    last = entry.at ?? last + 1
    return { ...entry, at: last }
  })
}

export function journalOf(...entries: readonly Line[]): JournalState {
  const state = emptyState()
  for (const line of linesOf(entries)) fold(state, line)
  return state
}

const RSS = { rss: 60_000_000 }

export const BEGAN: JournalEntry = { type: 'began', pid: 100, ...RSS }
export const COLLECTING: JournalEntry = { type: 'collecting' }
export const CLOSING: JournalEntry = { type: 'closing', ...RSS }
export const CLOSED: JournalEntry = { type: 'closed', result: { state: 'pass' }, meta: { mine: true } }

export function importing(module: string): JournalEntry {
  return { type: 'import-began', module }
}

export function importEnded(module: string): JournalEntry {
  return { type: 'import-ended', module }
}

/** @param sequential names of suites */
export function collected(...sequential: readonly string[]): JournalEntry {
  return { type: 'collected', sequential: sequential.map(idOf), ...RSS }
}

/** A worker that has collected its file. */
export const RUNS: readonly JournalEntry[] = [BEGAN, COLLECTING, collected()]

export function testBegan(name: string): JournalEntry {
  return { type: 'test-began', test: testName(name), ...RSS }
}

/** @param timeout ms */
export function bodyBegan(name: string, timeout = 5_000): JournalEntry {
  return { type: 'body-began', test: idOf(name), timeout }
}

export function bodyEnded(name: string): JournalEntry {
  return { type: 'body-ended', test: idOf(name) }
}

export function testEnded(name: string, result: TaskResult = { state: 'pass' }): JournalEntry {
  return { type: 'test-ended', test: idOf(name), result, meta: {}, ...RSS }
}

/** A whole test, from its beginning to its end. */
export function ran(name: string, state = 'pass'): JournalEntry[] {
  return [testBegan(name), bodyBegan(name), bodyEnded(name), testEnded(name, { state })]
}

export interface HookOf {
  readonly run?: number
  /** Its full name; that of the file without one. */
  readonly suite?: string
  readonly test?: string
}

export function hookBegan(hook: HookName, { run = 1, suite, test }: HookOf = {}): JournalEntry {
  const suiteId = suite === undefined ? FILE_ID : idOf(suite.split(' > ').at(-1) ?? '')
  const of = test === undefined ? null : testName(test)
  return { type: 'hook-began', run, hook, suite: suite ?? '', suiteId, test: of }
}

export function hookLimit(timeout: number, run = 1): JournalEntry {
  return { type: 'hook-limit', run, timeout }
}

export function hookEnded(run = 1): JournalEntry {
  return { type: 'hook-ended', run }
}

export function beat(inspector = false): JournalEntry {
  return { type: 'beat', inspector }
}

export function wrote(stream: 'stdout' | 'stderr', text: string): JournalEntry {
  return { type: 'printed', stream, text }
}

export function ending(call: string): JournalEntry {
  return { type: 'ending', call, stack: '    at ends (a.test.ts:1:1)' }
}

export function snapshotAdded(name: string, received = '3'): JournalEntry {
  return { type: 'snapshot-added', snapshot: { key: `${name} 1`, received, options: { testId: idOf(name) } } }
}
