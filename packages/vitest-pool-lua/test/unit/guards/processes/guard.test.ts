import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { ProcessesGuard } from '../../../../src/guards/processes/guard.ts'
import type { TestName } from '../../../../src/protocol/finding.ts'
import { FILE_COOKIE, KEEP_COOKIE } from '../../../../src/protocol/message.ts'
import { testName } from '../../samples.ts'
import {
  HERE,
  LEAVES,
  adds,
  allowance,
  clock,
  divides,
  during,
  endIfRunning,
  ended,
  fileCookie,
  isRunning,
  openGuard,
  startStray,
} from './guarded.ts'

async function testsOf(guard: ProcessesGuard): Promise<Map<number, TestName | null>> {
  const found = await guard.close()
  return new Map(found.map(finding => ['pid' in finding ? (finding.pid ?? 0) : 0, finding.test]))
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
        at: HERE,
      },
    ])
    expect(guard.counts()).toMatchObject({ started: 1, ended: 1 })
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
    'a process that was started by one that has ended is told with the test, and by its label with the line',
    async () => {
      const guard = openGuard()
      const pid = await during(guard, adds, async () => {
        const child = await startStray({}, LEAVES)
        const [stray] = await Promise.all([text(child.stdout ?? new PassThrough()), once(child, 'exit')])
        return Number(stray)
      })
      onTestFinished(() => endIfRunning(pid))

      expect(await guard.close()).toMatchObject([{ pid, outcome: 'ended', test: testName('adds'), at: HERE }])
      expect(isRunning(pid)).toBe(false)
    },
  )

  test.runIf(process.platform === 'linux')(
    'a process that nothing shows the spawn of has no line',
    async () => {
      const guard = openGuard()
      const unlabelled = LEAVES.replace(
        'detached: true',
        'detached: true, env: { [COOKIE]: process.env[COOKIE] }',
      )
      const script = `const COOKIE = '${FILE_COOKIE}';${unlabelled}`
      const pid = await during(guard, adds, async () => {
        const child = await startStray({}, script)
        return Number(await text(child.stdout ?? new PassThrough()))
      })
      onTestFinished(() => endIfRunning(pid))

      expect(await guard.close()).toMatchObject([{ pid, outcome: 'ended', test: testName('adds'), at: null }])
    },
  )

  test('what a synchronous call leaves running is told with its line', async () => {
    const guard = openGuard()
    await during(guard, adds, async () => {
      execFileSync(process.execPath, ['-e', LEAVES], {
        env: { ...process.env, [FILE_COOKIE]: fileCookie },
        stdio: 'ignore',
      })
    })
    const [found] = await guard.close()
    expect(found).toMatchObject({
      kind: 'process-left-running',
      outcome: 'ended',
      test: testName('adds'),
      at: { file: fileURLToPath(import.meta.url) },
    })
    expect(guard.counts()).toMatchObject({ started: 2, ended: 1 })
  })

  test('a process that a test ends itself is no finding', async () => {
    const guard = openGuard()
    await during(guard, adds, async () => ended(await startStray()))
    expect(await guard.close()).toEqual([])
    expect(guard.counts()).toMatchObject({ started: 1, ended: 0 })
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
    expect(guard.counts()).toMatchObject({ started: 0, ended: 0 })
  })
})
