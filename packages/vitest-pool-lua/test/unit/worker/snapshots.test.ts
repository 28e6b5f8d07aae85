/* oxlint-disable no-underscore-dangle -- the name is Vitest's */
import { describe, expect, test } from 'vitest'
import type { AddedSnapshot } from '../../../src/protocol/resume.ts'
import type { Runner } from '../../../src/worker/runner.ts'
import { addSnapshots, journalSnapshots } from '../../../src/worker/snapshots.ts'
import { bareRunner } from './noting-session.ts'
import { notingJournal } from './noting-journal.ts'
import { fileTask } from './tasks-as-vitest-makes-them.ts'

const file = fileTask('/project/test/math.test.ts')
const snapshot: AddedSnapshot = { key: 'adds 1', received: '3', options: { testId: 'id of adds' } }

/** What of Vitest's snapshot state is looked at, of the one file that it is asked for. */
function withSnapshots(stored: Readonly<Record<string, string>> = {}) {
  const said: string[] = []
  const counter = (name: string) => ({ increment: (id: string) => said.push(`${name} by ${id}`) })
  const state = {
    kept: [] as string[],
    _initialData: stored,
    added: counter('added'),
    updated: counter('updated'),
    _addSnapshot(key: string, received: string, _options: object) {
      this.kept.push(`${key}: ${received}`)
    },
  }
  const snapshotClient = {
    getSnapshotState: (path: string) => (path === file.filepath ? state : undefined),
  }
  const runner: Runner = Object.assign(bareRunner(), { snapshotClient })
  return { runner, state, said }
}

describe('a snapshot that a test adds', () => {
  test('stands in the journal, and is kept', () => {
    const { runner, state } = withSnapshots()
    const journal = notingJournal()
    journalSnapshots(runner, file, journal)
    state._addSnapshot('adds 1', '3', { testId: 'id of adds', stack: { line: 3 }, error: new Error('large') })
    const options = { testId: 'id of adds', stack: { line: 3 } }
    expect(journal.entries).toEqual([{ type: 'snapshot-added', snapshot: { ...snapshot, options } }])
    expect(state.kept).toEqual(['adds 1: 3'])
  })
})

describe('what earlier workers added', () => {
  test('is kept with what this one adds, and counts as added', () => {
    const { runner, state, said } = withSnapshots()
    addSnapshots(runner, file, [snapshot])
    expect(state.kept).toEqual(['adds 1: 3'])
    expect(said).toEqual(['added by id of adds'])
  })

  test('counts as updated where there was one before', () => {
    const { runner, said } = withSnapshots({ 'adds 1': '2' })
    addSnapshots(runner, file, [snapshot])
    expect(said).toEqual(['updated by id of adds'])
  })
})

test('a runner that has no snapshots needs none', () => {
  const journal = notingJournal()
  journalSnapshots(bareRunner(), file, journal)
  addSnapshots(bareRunner(), file, [snapshot])
  expect(journal.entries).toEqual([])
})
