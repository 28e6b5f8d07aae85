import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { exitOf } from '../../../../src/pool/life/child.ts'
import { isStopped } from '../../../../src/pool/life/stopped.ts'

/** A real process that lives, and its pid. */
async function living(title = 'node') {
  const script = `process.title = ${JSON.stringify(title)}; setInterval(() => {}, 1000); process.send('up')`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'message')
  return { child, pid: child.pid ?? 0 }
}

test('a process that runs or waits is not stopped', async () => {
  const { pid } = await living()
  expect(isStopped(pid)).toBe(false)
  expect(isStopped(process.pid)).toBe(false)
})

test('a process that is gone is not stopped', async () => {
  const { child, pid } = await living()
  const gone = exitOf(child)
  child.kill('SIGKILL')
  await gone
  expect(isStopped(pid)).toBe(false)
})

describe.runIf(process.platform === 'linux')('where the system tells', () => {
  test.each(['node', ') T (', ') S 1'])(
    'a process by the name of "%s" is stopped until it goes on',
    async title => {
      const { child, pid } = await living(title)
      expect(isStopped(pid)).toBe(false)
      child.kill('SIGSTOP')
      await vi.waitFor(() => expect(isStopped(pid)).toBe(true), 10_000)
      child.kill('SIGCONT')
      await vi.waitFor(() => expect(isStopped(pid)).toBe(false), 10_000)
    },
  )
})
