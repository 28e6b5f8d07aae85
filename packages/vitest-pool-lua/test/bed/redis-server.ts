/**
 * A real Redis of a test's own, where the machine has one.
 *
 *     const program = findProgram('redis-server')
 *     const redis = await startRedisServer(program)
 *     redis.port
 *     const sentinel = await startRedisSentinel(program, redis.port)   // it knows that one as 'main'
 *
 * They keep nothing on the disk and are ended with the test.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { freePort } from './free-port.ts'
import { isListening } from './listening.ts'

interface Listening {
  readonly port: number
}

export function startRedisServer(program: string): Promise<Listening> {
  return start(program, ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'])
}

export function startRedisSentinel(program: string, port: number): Promise<Listening> {
  // It insists on a file, where it writes down what it finds.
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'sentinel.conf')
  writeFileSync(file, `bind 127.0.0.1\nsentinel monitor main 127.0.0.1 ${port} 1\n`)
  return start(program, [file, '--sentinel'])
}

async function start(program: string, args: readonly string[]): Promise<Listening> {
  const port = await freePort()
  const server = spawn(program, [...args, '--port', String(port)], { stdio: 'ignore' })
  onTestFinished(() => void server.kill('SIGKILL'))
  await isListening(port)
  return { port }
}
