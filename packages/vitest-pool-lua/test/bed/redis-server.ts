/**
 * A real Redis of a test's own, where the machine has one.
 *
 *     const program = findProgram('redis-server')
 *     const redis = await startRedisServer(program)
 *     redis.port
 *
 * It keeps nothing on the disk and is ended with the test.
 */
import { spawn } from 'node:child_process'
import { onTestFinished } from 'vitest'
import { freePort } from './free-port.ts'
import { isListening } from './listening.ts'

export async function startRedisServer(program: string): Promise<{ readonly port: number }> {
  const port = await freePort()
  const flags = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no']
  const server = spawn(program, flags, { stdio: 'ignore' })
  onTestFinished(() => void server.kill('SIGKILL'))
  await isListening(port)
  return { port }
}
