import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { identityOf } from '@vitest-pool-lua/sweep'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { createTestClock } from '../../../src/guards/current-test.ts'
import type { CurrentTest } from '../../../src/guards/current-test.ts'
import { processesGuard } from '../../../src/guards/processes.ts'
import type { ProcessesGuard } from '../../../src/guards/processes.ts'
import type { TestName } from '../../../src/protocol/finding.ts'
import { FILE_COOKIE, KEEP_COOKIE } from '../../../src/protocol/message.ts'
import type { SweepSettings } from '../../../src/protocol/stray.ts'
import { currentTest, testName } from '../samples.ts'

const adds = currentTest('adds')
const divides = currentTest('divides')
const SETTINGS: SweepSettings = {
  tier: process.platform === 'linux' ? 'proc' : 'tree',
  termAfter: 50,
  allow: [],
}
const LIVES = 'setTimeout(() => {}, 600_000)'
/** Starts another process, tells its pid and ends. */
const LEAVES = `const { spawn } = require('node:child_process')
const stray = spawn(process.execPath, ['-e', '${LIVES}'], { stdio: 'ignore', detached: true })
stray.unref()
process.stdout.write(String(stray.pid))`

const fileCookie = `unit-${process.pid}-${Date.now()}`

let clock = createTestClock(1_000)
let started: ChildProcess[] = []
let guards: ProcessesGuard[] = []

beforeEach(() => {
  clock = createTestClock(1_000)
  started = []
  guards = []
})

afterEach(async () => {
  await Promise.all(started.map(ended))
  for (const guard of guards) await guard.close()
})

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

/** As a worker has it: what tests start inherits the cookie of their file. */
async function startStray(env: NodeJS.ProcessEnv = {}, script = LIVES): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, [FILE_COOKIE]: fileCookie, ...env },
  })
  started.push(child)
  await once(child, 'spawn')
  return child
}

function openGuard(settings: Partial<SweepSettings> = {}): ProcessesGuard {
  const guard = processesGuard({ fileCookie, settings: { ...SETTINGS, ...settings }, clock })
  guards.push(guard)
  return guard
}

/** A test as the worker runs it. */
async function during<T>(guard: ProcessesGuard, running: CurrentTest, run: () => Promise<T>): Promise<T> {
  guard.beforeTest?.()
  const result = await clock.within(running, run)
  guard.afterTest?.(running, true)
  return result
}

async function testsOf(guard: ProcessesGuard): Promise<Map<number, TestName | null>> {
  const found = await guard.close()
  return new Map(found.map(finding => ['pid' in finding ? finding.pid : 0, finding.test]))
}

/** A zombie does not run, though its pid still answers. */
function isRunning(pid: number | undefined): boolean {
  return identityOf(pid ?? 0) !== undefined
}

function endIfRunning(pid: number): void {
  if (isRunning(pid)) process.kill(pid, 'SIGKILL')
}

// A sweep ends the descendants of its process: it must be a worker of its own.
describe.runIf(isMainThread && process.send !== undefined)('in a worker process', () => {
  test('a process that a test leaves running is ended, and told with the test and its line', async () => {
    const guard = openGuard()
    const child = await during(guard, adds, () => startStray())

    expect(await guard.close()).toMatchObject([
      {
        kind: 'process-left-running',
        pid: child.pid,
        outcome: 'ended',
        test: testName('adds'),
        at: { file: fileURLToPath(import.meta.url) },
      },
    ])
    expect(guard.counts()).toEqual({ started: 1, ended: 1 })
    expect(isRunning(child.pid)).toBe(false)
  })

  test('each process is told with its own test; what began between tests with none', async () => {
    const guard = openGuard()
    const before = await startStray()
    const first = await during(guard, adds, () => startStray())
    const second = await during(guard, divides, () => startStray())

    expect(await testsOf(guard)).toEqual(
      new Map([
        [before.pid, null],
        [first.pid, testName('adds')],
        [second.pid, testName('divides')],
      ]),
    )
  })

  test('processes of concurrent tests are told apart', async () => {
    const guard = openGuard()
    guard.beforeTest?.()
    const [first, second] = await Promise.all([
      clock.within(adds, () => startStray()),
      clock.within(divides, () => startStray()),
    ])
    guard.afterTest?.(divides, false)
    guard.afterTest?.(adds, true)

    expect(await testsOf(guard)).toEqual(
      new Map([
        [first.pid, testName('adds')],
        [second.pid, testName('divides')],
      ]),
    )
  })

  test.runIf(process.platform === 'linux')(
    'a process that was started by one that has ended is told with the test, without a line',
    async () => {
      const guard = openGuard()
      const pid = await during(guard, adds, async () => {
        const child = await startStray({}, LEAVES)
        const [stray] = await Promise.all([text(child.stdout ?? new PassThrough()), once(child, 'exit')])
        return Number(stray)
      })
      onTestFinished(() => endIfRunning(pid))

      expect(await guard.close()).toMatchObject([{ pid, outcome: 'ended', test: testName('adds'), at: null }])
      expect(isRunning(pid)).toBe(false)
    },
  )

  test('a process that a test ends itself is no finding', async () => {
    const guard = openGuard()
    await during(guard, adds, async () => ended(await startStray()))
    expect(await guard.close()).toEqual([])
    expect(guard.counts()).toEqual({ started: 1, ended: 0 })
  })

  test.each([
    ['kept by its test', {}, {}, true],
    ['allowed by the settings', { allow: [allowance('600_000')] }, {}, false],
    ['exempted by its environment', {}, { [KEEP_COOKIE]: '1' }, false],
  ])('a process that is %s is left running, which is no finding', async (_, settings, env, keeps) => {
    const guard = openGuard(settings)
    const child = await startStray(env)
    if (keeps) guard.keep(child.pid ?? 0)
    expect(await guard.close()).toEqual([])
    expect(isRunning(child.pid)).toBe(true)
    expect(guard.counts().ended).toBe(0)
  })

  test('a file that starts nothing finds nothing', async () => {
    const guard = openGuard()
    await during(guard, adds, async () => {})
    expect(await guard.close()).toEqual([])
    expect(guard.counts()).toEqual({ started: 0, ended: 0 })
  })
})

function allowance(match: string) {
  return { kind: 'process-left-running', match, reason: 'it lives on' } as const
}
