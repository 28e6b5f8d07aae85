import { spawn } from 'node:child_process'
import type { ChildProcess, StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test } from 'vitest'
import { endProcess, exitOf, forwardOutput } from '../../../../src/pool/life/child.ts'

/** A real process that runs the script, and is gone when the test is. */
function start(script: string, stdio: StdioOptions = 'pipe'): ChildProcess {
  const child = spawn(process.execPath, ['-e', script], { stdio })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

const LIVES = 'setInterval(() => {}, 1000)'
const WITH_CHANNEL: StdioOptions = ['ignore', 'ignore', 'ignore', 'ipc']

describe('the exit of a process', () => {
  test('is told by its code', async () => {
    expect(await exitOf(start('process.exit(3)'))).toEqual({ code: 3, signal: null })
  })

  test('is told by its signal', async () => {
    const child = start(LIVES)
    const exit = exitOf(child)
    child.kill('SIGKILL')
    expect(await exit).toEqual({ code: null, signal: 'SIGKILL' })
  })

  test('of one that could not be started is told too', async () => {
    const child = spawn('/nowhere/node', { stdio: 'ignore' })
    expect(await exitOf(child)).toEqual({ code: null, signal: null })
  })

  test('comes after its last messages', async () => {
    const script = `for (let i = 0; i < 50; i += 1) process.send('x'.repeat(50_000) + i)
      process.send('last', () => process.exit(0))`
    const child = start(script, WITH_CHANNEL)
    const heard: unknown[] = []
    child.on('message', message => heard.push(message))
    expect(await exitOf(child)).toEqual({ code: 0, signal: null })
    expect(heard).toHaveLength(51)
    expect(heard.at(-1)).toBe('last')
    expect(child.connected).toBe(false)
  })
})

describe('ending a process', () => {
  test('is asked of it first', async () => {
    const child = start(
      `process.on('SIGTERM', () => process.exit(5)); ${LIVES}; process.send('up')`,
      WITH_CHANNEL,
    )
    await once(child, 'message')
    const gone = exitOf(child)
    await endProcess(child, gone)
    expect(await gone).toEqual({ code: 5, signal: null })
  })

  test('is done by force where it does not listen', async () => {
    const child = start(`process.on('SIGTERM', () => {}); ${LIVES}; process.send('up')`, WITH_CHANNEL)
    await once(child, 'message')
    const gone = exitOf(child)
    await endProcess(child, gone)
    expect(await gone).toEqual({ code: null, signal: 'SIGKILL' })
  })

  test('that has ended is over at once', async () => {
    const child = start('')
    const gone = exitOf(child)
    await gone
    await endProcess(child, gone)
    expect(await gone).toEqual({ code: 0, signal: null })
  })
})

describe('what a process prints', () => {
  test('is all there once it is drained, and the streams stay open', async () => {
    const stdout = new PassThrough()
    const stderr = new PassThrough()
    const child = start('process.stdout.write("x".repeat(300_000)); process.stderr.write("trouble")')
    const { drain } = forwardOutput(child, stdout, stderr)
    const printed = Promise.all([text(stdout), text(stderr)])

    await exitOf(child)
    await drain()

    expect([stdout.writableEnded, stderr.writableEnded]).toEqual([false, false])
    stdout.end('.')
    stderr.end('.')
    const [out, err] = await printed
    expect(out.length).toBe(300_001)
    expect(err).toBe('trouble.')
  })

  test('of many processes goes to one stream without a warning, and leaves its limits as they were', async () => {
    const stdout = new PassThrough()
    stdout.resume()
    const limit = stdout.getMaxListeners()
    const warnings: Error[] = []
    const warned = (warning: Error): number => warnings.push(warning)
    process.on('warning', warned)
    onTestFinished(() => void process.off('warning', warned))

    const drains = Array.from({ length: 12 }, () => {
      const child = start('', ['ignore', 'pipe', 'ignore'])
      const { drain } = forwardOutput(child, stdout, stdout)
      return exitOf(child).then(drain)
    })
    await Promise.all(drains)

    expect(warnings).toEqual([])
    expect(stdout.getMaxListeners()).toBe(limit)
    expect(stdout.listenerCount('error')).toBe(0)
  })

  test('is drained once, however often it is asked for', async () => {
    const stdout = new PassThrough()
    const limit = stdout.getMaxListeners()
    const child = start('', ['ignore', 'pipe', 'ignore'])
    const { drain } = forwardOutput(child, stdout, stdout)
    await exitOf(child)
    await drain()
    await drain()
    expect(stdout.getMaxListeners()).toBe(limit)
  })

  test('need not be printed to us', async () => {
    const child = start('', 'ignore')
    const { drain } = forwardOutput(child, new PassThrough(), new PassThrough())
    await exitOf(child)
    await expect(drain()).resolves.toBeUndefined()
  })

  test('is not waited for where a stray holds the pipe', { timeout: 15_000 }, async () => {
    const stdout = new PassThrough()
    const child = start(
      `const { spawn } = require('node:child_process')
       const stray = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: ['ignore', 'inherit', 'ignore'], detached: true })
       stray.unref()
       require('node:fs').writeSync(2, String(stray.pid))`,
    )
    const { drain } = forwardOutput(child, stdout, new PassThrough())
    const pid = Number(await text(child.stderr ?? new PassThrough()))
    onTestFinished(() => void process.kill(pid, 'SIGKILL'))
    await exitOf(child)
    await drain()
    expect(stdout.writableEnded).toBe(false)
    expect(process.kill(pid, 0)).toBe(true)
  })
})
