import { expect, test } from 'vitest'
import { emptyState, fold } from '../../../../src/pool/journal/journal-state.ts'
import type { JournalState } from '../../../../src/pool/journal/journal-state.ts'
import type { JournalEntry } from '../../../../src/protocol/journal.ts'

const ENDING: JournalEntry = { type: 'ending', call: 'process.exit(3)', stack: '' }
const STUCK: JournalEntry = { type: 'stuck-in-lua', runtime: 'luajit', frames: [] }
const BEAT: JournalEntry = { type: 'beat', inspector: false }

function after(...entries: readonly JournalEntry[]): JournalState {
  const state = emptyState()
  entries.forEach((entry, at) => fold(state, { ...entry, at }))
  return state
}

test('the first of several last words counts', () => {
  const { ending, stuckInLua } = after(ENDING, { ...ENDING, call: 'process.reallyExit(3)' }, STUCK)
  expect(ending?.call).toBe('process.exit(3)')
  expect(stuckInLua?.runtime).toBe('luajit')
})

test('a handler of the exit may still start something', () => {
  const call: JournalEntry = { type: 'call-began', call: 'execSync()', stack: '' }
  expect(after(ENDING, call).ending?.call).toBe('process.exit(3)')
})

test('a worker that goes on has not ended, and is not stuck', () => {
  expect(after(ENDING, STUCK, BEAT)).toMatchObject({ ending: null, stuckInLua: null, lastSign: 2 })
})

test('to be stuck is no sign of life', () => {
  expect(after(BEAT, STUCK).lastSign).toBe(0)
})
