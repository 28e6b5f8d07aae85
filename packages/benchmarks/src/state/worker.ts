/** A measuring process: does its one task, and tells what it finds as messages. */
import { LuaStateError } from '@vitest-pool-lua/state'
import type { Row } from '../report/row.ts'
import { cycleMemory, liveMemory } from './memory.ts'
import { borderRows } from './rows/border.ts'
import { branchingRows } from './rows/branching.ts'
import { callTimes } from './rows/calls.ts'
import { lifetimeRows } from './rows/lifetime.ts'
import { restoringRows } from './rows/restoring.ts'
import { workloadRows } from './rows/workload.ts'
import type { Side, SideName } from './sides/side.ts'
import { sidesOf } from './sides/sides-of.ts'
import type { Message, Task } from './task.ts'

const task = JSON.parse(process.argv[2] ?? '') as Task
try {
  await perform(await sidesOf(task.runtime))
} catch (error) {
  tell({ kind: isMissing(error) ? 'missing' : 'failed', reason: reasonOf(error) })
}
process.disconnect()

async function perform(sides: readonly Side[]): Promise<void> {
  switch (task.what) {
    case 'sides':
      return tell({ kind: 'sides', names: sides.map(({ name }) => name) })
    case 'lifetime':
      return tellRows(lifetimeRows(sides, task.settings))
    case 'border':
      return tellRows(borderRows(sides, task.settings))
    case 'workloads':
      return tellRows(workloadRows(task.runtime, sides, task.settings))
    case 'restoring':
      return tellRows(restoringRows(task.runtime, task.settings))
    case 'branching':
      return tellRows(branchingRows(task.runtime, task.settings))
    case 'calls':
      return tell({ kind: 'calls', times: await callTimes(sideNamed(sides, task.side)) })
    case 'live':
      return tell({ kind: 'live', bytes: await liveMemory(sideNamed(sides, task.side), task.settings) })
    case 'cycles':
      return tell({ kind: 'cycles', memory: await cycleMemory(sideNamed(sides, task.side), task.settings) })
  }
}

async function tellRows(rows: AsyncIterable<Row>): Promise<void> {
  for await (const row of rows) tell({ kind: 'row', row })
}

function tell(message: Message): void {
  process.send?.(message)
}

function sideNamed(sides: readonly Side[], wanted: SideName): Side {
  const side = sides.find(({ name }) => name === wanted)
  if (side === undefined) throw new Error(`${task.runtime} has no side '${wanted}'.`)
  return side
}

/** What the state says where a runtime, or what it needs, is not installed. */
function isMissing(error: unknown): boolean {
  return error instanceof LuaStateError && error.code.startsWith('LUA_STATE_RUNTIME_')
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return isMissing(error) ? error.message : (error.stack ?? error.message)
}
