/**
 * What a measuring process is told to do, and how it is started. Each task has a process of its own: what one
 * leaves in the heap or in the compiler would blur the next, and two native Lua versions in one can crash.
 *
 *     await perform({ what: 'border', runtime: 'lua5.4', settings }, message => { ... })
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { CallTimes, RuntimeName } from '@vitest-pool-lua/state'
import type { Row } from '../report/row.ts'
import type { CycleMemory } from './memory.ts'
import type { Settings } from './settings.ts'
import type { SideName } from './sides/side.ts'

export type Task = {
  readonly runtime: RuntimeName
  readonly settings: Settings
} & (
  | { readonly what: 'sides' | RowsTask }
  | { readonly what: 'calls' | 'live' | 'cycles'; readonly side: SideName }
)

/** All sides in one process, in turn. */
export type RowsTask = (typeof rowsTasks)[number]

export const rowsTasks = ['lifetime', 'border', 'workloads', 'restoring', 'branching'] as const

export type Message =
  | { kind: 'sides'; names: readonly SideName[] }
  | { kind: 'row'; row: Row }
  | { kind: 'calls'; times: CallTimes }
  | { kind: 'live'; bytes: number }
  | { kind: 'cycles'; memory: CycleMemory }
  | { kind: 'missing'; reason: string }
  | { kind: 'failed'; reason: string }

/** Calls `hear` with what the process says; throws what went wrong in it. */
export async function perform(task: Task, hear: (message: Message) => void): Promise<void> {
  let failure: string | undefined
  const worker = fork(new URL('worker.js', import.meta.url), [JSON.stringify(task)], {
    execArgv: task.what === 'live' || task.what === 'cycles' ? ['--expose-gc'] : [],
  })
  worker.on('message', received => {
    const message = received as Message
    if (message.kind === 'failed') failure = message.reason
    else hear(message)
  })
  const [code, signal] = await once(worker, 'close')
  if (failure === undefined && code !== 0) failure = `the measuring process ended with ${signal ?? code}`
  if (failure !== undefined) throw new Error(failure)
}
