/** A guard in a process that is like a worker, and the processes that its tests start. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { identityOf } from '@vitest-pool-lua/sweep'
import { onTestFinished } from 'vitest'
import { createTestClock } from '../../../../src/guards/current-test.ts'
import type { CurrentTest } from '../../../../src/guards/current-test.ts'
import { processesGuard } from '../../../../src/guards/processes/guard.ts'
import type { ProcessesGuard, ProcessesGuardOptions } from '../../../../src/guards/processes/guard.ts'
import { FILE_COOKIE } from '../../../../src/protocol/message.ts'
import { currentTest } from '../../samples.ts'

export const adds = currentTest('adds')
export const divides = currentTest('divides')
const SETTINGS: Settings = {
  tier: process.platform === 'linux' ? 'proc' : 'tree',
  termAfter: 50,
  allow: [],
  processLimit: null,
}
export const LIVES = 'setTimeout(() => {}, 600_000)'
/** Starts another process, tells its pid and ends. */
export const LEAVES = `const { spawn } = require('node:child_process')
const stray = spawn(process.execPath, ['-e', '${LIVES}'], { stdio: 'ignore', detached: true })
stray.unref()
process.stdout.write(String(stray.pid))`

type Settings = ProcessesGuardOptions['settings']

/** Where `startStray` spawns. */
export const HERE = { file: fileURLToPath(import.meta.url) }

export const fileCookie = `unit-${process.pid}-${Date.now()}`

export const clock = createTestClock(1_000)

export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

/** As a worker has it: what tests start inherits the cookie of their file. */
export async function startStray(env: NodeJS.ProcessEnv = {}, script = LIVES): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, [FILE_COOKIE]: fileCookie, ...env },
  })
  onTestFinished(() => ended(child))
  await once(child, 'spawn')
  return child
}

export function openGuard(
  settings: Partial<Settings> = {},
  hears: Pick<ProcessesGuardOptions, 'overTime' | 'spawned'> = {},
): ProcessesGuard {
  const guard = processesGuard({ fileCookie, settings: { ...SETTINGS, ...settings }, clock, ...hears })
  onTestFinished(async () => void (await guard.close()))
  return guard
}

/** A test as the worker runs it. */
export async function during<T>(
  guard: ProcessesGuard,
  running: CurrentTest,
  run: () => Promise<T>,
): Promise<T> {
  guard.beforeTest?.()
  const result = await clock.within(running, run)
  guard.afterTest?.(running, true)
  return result
}

/** A zombie does not run, though its pid still answers. */
export function isRunning(pid: number | undefined): boolean {
  return identityOf(pid ?? 0) !== undefined
}

export function endIfRunning(pid: number): void {
  if (isRunning(pid)) process.kill(pid, 'SIGKILL')
}

export function allowance(match: string) {
  return { kind: 'process-left-running', match, reason: 'it lives on' } as const
}
