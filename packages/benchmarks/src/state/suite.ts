/**
 * The state against the bare bindings: every runtime, each side in one run.
 *
 *     npm run bench -- state
 *     npm run bench -- state fengari lua5.4
 */
import { runtimeNames, type CallTimes, type RuntimeName } from '@vitest-pool-lua/state'
import type { Report } from '../report/report.ts'
import type { Suite, SuiteRequest } from '../suite.ts'
import { callRows } from './rows/calls.ts'
import { memoryRows, type SideMemory } from './rows/memory-rows.ts'
import { settingsFor, type Settings } from './settings.ts'
import type { SideName } from './sides/side.ts'
import { perform, rowsTasks } from './task.ts'

export const stateSuite: Suite = { about: 'Lua states against bare bindings', parts: runtimeNames, run }

/** What is measured now. */
interface Measured {
  readonly runtime: RuntimeName
  readonly settings: Settings
}

async function run({ parts, quick }: SuiteRequest, report: Report): Promise<void> {
  const settings = settingsFor(quick)
  report.note(
    `Rounds: ${settings.rounds}, the sides in turn, samples of ${settings.sample} ms or more; ` +
      `times are the least CPU time of all rounds. Node.js ${process.versions.node}.`,
  )
  for (const runtime of parts as RuntimeName[]) await measure({ runtime, settings }, report)
}

async function measure(measured: Measured, report: Report): Promise<void> {
  const sides: SideName[] = []
  const { runtime } = measured
  await attempt(runtime, report, () =>
    perform({ ...measured, what: 'sides' }, message => {
      if (message.kind === 'sides') sides.push(...message.names)
      else if (message.kind === 'missing') report.missing(runtime, message.reason)
    }),
  )
  if (sides.length === 0) return
  report.open(runtime, [...sides, 'command'])
  for (const what of rowsTasks) {
    await attempt(`${runtime}: ${what}`, report, () =>
      perform({ ...measured, what }, message => {
        if (message.kind === 'row') report.row(message.row)
      }),
    )
  }
  await attempt(`${runtime}: calls`, report, () => measureCalls(measured, sides, report))
  await attempt(`${runtime}: memory`, report, () => measureMemory(measured, sides, report))
}

async function measureCalls(measured: Measured, sides: readonly SideName[], report: Report): Promise<void> {
  const found: { side: SideName; times: CallTimes }[] = []
  for (let round = 0; round < measured.settings.processes; round++) {
    for (const side of sides) {
      await perform({ ...measured, what: 'calls', side }, message => {
        if (message.kind === 'calls') found.push({ side, times: message.times })
      })
    }
  }
  for (const row of callRows(sides, found)) report.row(row)
}

async function measureMemory(measured: Measured, sides: readonly SideName[], report: Report): Promise<void> {
  const found: SideMemory[] = []
  for (const side of sides) {
    const memory = { side, live: Number.NaN, afterFirst: Number.NaN, atEnd: Number.NaN }
    for (const what of ['live', 'cycles'] as const) {
      await perform({ ...measured, what, side }, message => {
        if (message.kind === 'live') memory.live = message.bytes
        else if (message.kind === 'cycles') Object.assign(memory, message.memory)
      })
    }
    found.push(memory)
  }
  for (const row of memoryRows(found, measured.settings)) report.row(row)
}

/** What fails is told, and the rest goes on. */
async function attempt(name: string, report: Report, body: () => Promise<void>): Promise<void> {
  try {
    await body()
  } catch (error) {
    report.failed(name, error instanceof Error ? error.message : String(error))
  }
}
