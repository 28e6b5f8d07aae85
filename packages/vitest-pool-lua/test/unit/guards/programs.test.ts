import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openLua } from '@vitest-pool-lua/state'
import type { LuaState } from '@vitest-pool-lua/state'
import { expect, onTestFinished, test } from 'vitest'
import { createTestClock } from '../../../src/guards/current-test.ts'
import { processesGuard } from '../../../src/guards/processes/guard.ts'
import type { ProcessesGuard } from '../../../src/guards/processes/guard.ts'
import { programsGuard } from '../../../src/guards/programs.ts'
import { reasonMissing } from '../../reason-missing.ts'
import { currentTest } from '../samples.ts'

const reason = await reasonMissing('lua5.4')
const onLinux = process.platform === 'linux'

function openProcesses(): ProcessesGuard {
  const settings = { tier: onLinux ? 'proc' : 'tree', termAfter: 50, allow: [], processLimit: null } as const
  const guard = processesGuard({ fileCookie: `unit-${process.pid}`, settings, clock: createTestClock(0) })
  onTestFinished(async () => void (await guard.close()))
  return guard
}

async function openState(): Promise<LuaState> {
  const state = await openLua('lua5.4')
  onTestFinished(() => state.close())
  return state
}

/** A process that this one has started by Node's own means. */
async function startChild(): Promise<{ hasEnded(): boolean }> {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 600_000)'], { stdio: 'ignore' })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'spawn')
  return { hasEnded: () => child.exitCode !== null || child.signalCode !== null }
}

// Without the guard, closing the state would wait for ten minutes.
test('a program that Lua left running is ended, so that its state can close', async ({ skip }) => {
  skip(reason !== undefined, reason)
  const processes = openProcesses()
  const state = await openState()
  const child = await startChild()
  const opens = currentTest('opens a program')
  processes.beforeTest?.()
  state.execute(`program = io.popen('exec sleep 600')`)
  processes.afterTest?.(opens, true)

  expect(await programsGuard(processes, [state]).close()).toMatchObject([
    {
      kind: 'process-left-running',
      outcome: 'ended',
      test: onLinux ? opens.name : null,
      text: expect.stringMatching(/^process \d+ \(.*sleep 600\) was left running and was ended: /),
    },
  ])
  state.close()
  expect(child.hasEnded()).toBe(false)
  expect(processes.counts().ended).toBe(1)
})

test('where no native state is open nothing is ended', async ({ skip }) => {
  skip(reason !== undefined, reason)
  const processes = openProcesses()
  const fengari = await openLua('fengari')
  onTestFinished(() => fengari.close())
  const closed = await openState()
  closed.close()
  expect(await programsGuard(processes, [fengari, closed]).close()).toEqual([])
  expect(await programsGuard(processes, [await openState()]).close()).toEqual([])
})
