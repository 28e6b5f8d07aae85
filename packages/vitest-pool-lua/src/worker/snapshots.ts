/* oxlint-disable no-underscore-dangle -- the names are Vitest's */
/**
 * New and changed snapshots, which Vitest keeps in memory until the file's end: they go into the journal as they are
 * made, and a fresh worker of the file gets those of the tests that have ended, to write them with its own.
 * https://github.com/vitest-dev/vitest/blob/v5.1.1/packages/snapshot/src/port/state.ts
 */
import type { AddedSnapshot } from '../protocol/resume.ts'
import type { Journal } from './journal.ts'
import type { Runner } from './runner.ts'
import type { FileTask } from './tasks.ts'

interface SnapshotState {
  _addSnapshot(key: string, received: string, options: AddedSnapshot['options']): void
  readonly _initialData: Readonly<Record<string, string>>
  readonly added: Counter
  readonly updated: Counter
}

interface Counter {
  increment(testId: string): void
}

/** A runner of the user's own may have none. */
function stateOf(runner: Runner, { filepath }: FileTask): SnapshotState | undefined {
  const client = (runner as { snapshotClient?: { getSnapshotState(path: string): SnapshotState } })
    .snapshotClient
  return client?.getSnapshotState(filepath)
}

/** After Vitest has set up the file's snapshots. */
export function journalSnapshots(runner: Runner, file: FileTask, { write }: Journal): void {
  const state = stateOf(runner, file)
  if (state === undefined) return
  const add = state._addSnapshot.bind(state)
  state._addSnapshot = (key, received, options) => {
    const { testId, stack, rawSnapshot, assertionName } = options
    write({
      type: 'snapshot-added',
      snapshot: { key, received, options: { testId, stack, rawSnapshot, assertionName } },
    })
    add(key, received, options)
  }
}

export function addSnapshots(runner: Runner, file: FileTask, snapshots: readonly AddedSnapshot[]): void {
  const state = stateOf(runner, file)
  for (const { key, received, options } of snapshots) {
    state?._addSnapshot(key, received, options)
    const counter = state?._initialData[key] === undefined ? state?.added : state.updated
    counter?.increment(options.testId)
  }
}
