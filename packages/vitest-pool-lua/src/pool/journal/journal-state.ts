/**
 * What a worker's journal comes to: where the worker is, or was when it died.
 *
 *     const state = emptyState()
 *     for (const line of lines) fold(state, line)
 *     state.running      // the tests that have begun and not ended
 *     state.activities   // the functions of the user that run now, in the order in which they began
 */
import type { TestName } from '../../protocol/finding.ts'
import type { AddedSnapshot } from '../../protocol/resume.ts'
import type { Spawn } from '../../protocol/spawn.ts'
import { foldActivity, removeLast } from './activities.ts'
import type { Activity } from './activities.ts'
import { printed } from './printed.ts'
import type { Printed } from './printed.ts'
import type { JournalLine, LuaFrame } from '../../protocol/journal.ts'
import type { TaskResult } from '../../protocol/task-result.ts'

export type Phase = 'booting' | 'collecting' | 'running' | 'closing' | 'closed'

export interface RunningTest {
  readonly test: TestName
  readonly at: number
  retry: number
  repeat: number
}

export interface EndedTest {
  readonly id: string
  readonly result: TaskResult
  readonly meta: object
}

export interface Call {
  readonly call: string
  readonly stack: string
}

export interface JournalState {
  pid: number | null
  began: number
  phase: Phase
  /** When the phase began. */
  since: number
  /** When the worker last gave a sign of life, and whether somebody may stop it in a debugger. */
  lastSign: number
  /** When its event loop last turned. */
  lastBeat: number
  inspector: boolean
  /** Modules that are being evaluated, the outermost first. */
  readonly importing: string[]
  readonly sequential: Set<string>
  readonly running: Map<string, RunningTest>
  readonly activities: Activity[]
  readonly ended: EndedTest[]
  readonly endedSuites: Map<string, TaskResult>
  closed: { readonly result: TaskResult; readonly meta: object } | null
  /** Absolute paths. */
  readonly luaFiles: Set<string>
  call: Call | null
  ending: Call | null
  stuckInLua: { readonly runtime: string; readonly frames: readonly LuaFrame[] } | null
  readonly spawns: Spawn[]
  readonly snapshots: AddedSnapshot[]
  readonly printed: Readonly<Record<'stdout' | 'stderr', Printed>>
  /** The lines that speak of memory. */
  readonly memory: MemoryLine[]
}

export type MemoryLine = Extract<JournalLine, { rss: number }>

export function emptyState(): JournalState {
  return {
    pid: null,
    began: 0,
    phase: 'booting',
    since: 0,
    lastSign: 0,
    lastBeat: 0,
    inspector: false,
    importing: [],
    sequential: new Set(),
    running: new Map(),
    activities: [],
    ended: [],
    endedSuites: new Map(),
    closed: null,
    luaFiles: new Set(),
    call: null,
    ending: null,
    stuckInLua: null,
    spawns: [],
    snapshots: [],
    printed: { stdout: printed(), stderr: printed() },
    memory: [],
  }
}

export function fold(state: JournalState, line: JournalLine): void {
  if (!ENDLESS.has(line.type)) state.lastSign = line.at
  if (!LAST_WORDS.has(line.type)) {
    // It went on: a signal that was caught, a call that ended late.
    state.ending = null
    state.stuckInLua = null
  }
  if ('rss' in line) state.memory.push(line)
  switch (line.type) {
    case 'began':
      Object.assign(state, { pid: line.pid, began: line.at, since: line.at })
      break
    case 'collecting':
    case 'collected':
    case 'closing':
    case 'closed':
      foldPhase(state, line)
      break
    case 'import-began':
      state.importing.push(line.module)
      break
    case 'import-ended':
      removeLast(state.importing, module => module === line.module)
      break
    case 'test-began':
      state.running.set(line.test.id, { test: line.test, at: line.at, retry: 0, repeat: 0 })
      break
    case 'attempt-began':
      foldAttempt(state, line)
      break
    case 'test-ended':
      endTest(state, line)
      break
    case 'suite-ended':
      state.endedSuites.set(line.suite, line.result)
      break
    case 'body-began':
    case 'body-ended':
    case 'hook-began':
    case 'hook-limit':
    case 'hook-ended':
      foldActivity(state.activities, line)
      break
    case 'lua-loaded':
      for (const file of line.files) state.luaFiles.add(file)
      break
    case 'beat':
      state.lastBeat = line.at
      state.inspector = line.inspector
      break
    case 'printed':
      state.printed[line.stream].wrote(line.text)
      break
    case 'snapshot-added':
      state.snapshots.push(line.snapshot)
      break
    case 'spawned':
      state.spawns.push(line.spawn)
      break
    case 'call-began':
      state.call = line
      break
    case 'call-ended':
      state.call = null
      break
    case 'ending':
      state.ending ??= line
      break
    case 'stuck-in-lua':
      state.stuckInLua = line
  }
}

/** After these a worker may be dead or blocked without another line. */
const LAST_WORDS: ReadonlySet<string> = new Set(['ending', 'call-began', 'call-ended', 'stuck-in-lua'])

/** What an endless loop may write too, or a thread of the runtime beside it: no sign of life. */
const ENDLESS: ReadonlySet<string> = new Set([
  ...LAST_WORDS,
  'printed',
  'snapshot-added',
  'lua-loaded',
  'spawned',
])

type Of<Type extends JournalLine['type']> = Extract<JournalLine, { type: Type }>

const PHASES = {
  collecting: 'collecting',
  collected: 'running',
  closing: 'closing',
  closed: 'closed',
} as const

function foldPhase(state: JournalState, line: Of<keyof typeof PHASES>): void {
  state.phase = PHASES[line.type]
  state.since = line.at
  if (line.type === 'collected') for (const suite of line.sequential) state.sequential.add(suite)
  if (line.type === 'closed') state.closed = line
}

function foldAttempt(state: JournalState, { test, retry, repeat }: Of<'attempt-began'>): void {
  const running = state.running.get(test)
  if (running !== undefined) Object.assign(running, { retry, repeat })
}

function endTest(state: JournalState, { test: id, result, meta }: Of<'test-ended'>): void {
  state.running.delete(id)
  state.ended.push({ id, result, meta })
}
