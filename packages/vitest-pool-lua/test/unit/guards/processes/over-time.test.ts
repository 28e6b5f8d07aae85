import { execSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { describe, expect, onTestFinished, test } from 'vitest'
import { FILE_COOKIE } from '../../../../src/protocol/message.ts'
import { testName } from '../../samples.ts'
import {
  LIVES,
  adds,
  allowance,
  during,
  ended,
  fileCookie,
  isRunning,
  openGuard,
  startStray,
} from './guarded.ts'

describe.runIf(isMainThread && process.send !== undefined)('in a worker process with a time limit', () => {
  test('a process that runs longer is ended with all that it started, and its test hears of it', async () => {
    const heard: unknown[] = []
    const guard = openGuard({ processLimit: 1_000 }, { overTime: finding => heard.push(finding) })
    const [shell, sleeps] = await during(guard, adds, async () => {
      const started = spawn('sh', ['-c', 'sleep 600 & echo $!; wait'], {
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      onTestFinished(() => ended(started))
      const [said] = (await once(started.stdout, 'data')) as [Buffer]
      await once(started, 'exit')
      return [started, Number(said)] as const
    })
    await guard.quiet()

    const at = { file: fileURLToPath(import.meta.url) }
    const over = { kind: 'process-over-time', pid: shell.pid, limit: 1_000, test: testName('adds'), at }
    expect(heard).toMatchObject([over])
    expect(await guard.close()).toMatchObject([over])
    expect(guard.counts()).toMatchObject({ started: 2, ended: 2 })
    expect(isRunning(sleeps)).toBe(false)
  })

  test("one that ends in time is nobody's business", async () => {
    const guard = openGuard({ processLimit: 60_000 })
    await during(guard, adds, async () => ended(await startStray()))
    expect(await guard.close()).toEqual([])
  })

  test('one that is kept or allowed runs on', async () => {
    const guard = openGuard({
      processLimit: 50,
      allow: [{ ...allowance('1_234'), kind: 'process-over-time' }],
    })
    const kept = await startStray()
    guard.keep(kept.pid ?? 0)
    const allowed = await startStray({}, LIVES.replace('600_000', '1_234_567'))
    const over = await startStray()
    await once(over, 'exit')
    await guard.quiet()
    expect([kept, allowed].map(({ pid }) => isRunning(pid))).toEqual([true, true])
  })

  test('a call that waits for its process is ended, and so is what the process had started', async () => {
    const guard = openGuard({ processLimit: 300 })
    const sleeps = `sleep 61${process.pid}`
    await during(guard, adds, async () => {
      expect(() => execSync(`${sleeps}; :`, { env: { ...process.env, [FILE_COOKIE]: fileCookie } })).toThrow(
        /ETIMEDOUT/,
      )
    })
    await guard.quiet()
    expect(await guard.close()).toMatchObject([
      {
        kind: 'process-over-time',
        command: `${sleeps}; :`,
        outcome: 'ended',
        test: testName('adds'),
        at: { file: fileURLToPath(import.meta.url) },
      },
    ])
  })
})
