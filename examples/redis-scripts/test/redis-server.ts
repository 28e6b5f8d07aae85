/**
 * A real Redis for the length of a test file, where the machine has one.
 *
 *     const server = await startRedisServer(path)
 *     await server.redis.eval('return 1', [], [])
 *     await server.stop()
 *
 * It listens on a socket in a folder of its own: no port, no disk, no other user.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Redis as Client } from 'ioredis'
import type { Argument, ClientReply, Redis } from '../src/redis.ts'

export interface RedisServer {
  readonly redis: Redis
  empty(): Promise<void>
  stop(): Promise<void>
}

/** Where `redis-server` is, if it is on the PATH. */
export function findRedisServer(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter)
  return folders.map(folder => path.join(folder, 'redis-server')).find(file => existsSync(file))
}

export async function startRedisServer(program: string): Promise<RedisServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'redis-'))
  const socket = path.join(folder, 'redis.sock')
  const flags = ['--port', '0', '--unixsocket', socket, '--save', '', '--appendonly', 'no', '--dir', folder]
  const server = spawn(program, flags, { stdio: 'ignore' })
  const client = new Client({ path: socket, retryStrategy: () => 20, maxRetriesPerRequest: null })
  // Until the server listens, every attempt to connect fails: that is what the retries are for.
  client.on('error', () => {})
  await client.ping()
  return {
    redis: asRedis(client),
    empty: async () => void (await client.flushall()),
    stop: () => stop(server, client, folder),
  }
}

async function stop(server: ChildProcess, client: Client, folder: string): Promise<void> {
  await client.quit()
  server.kill()
  await once(server, 'exit')
  await rm(folder, { recursive: true })
}

function asRedis(client: Client): Redis {
  return {
    call: async (command, ...args) => reply(await client.call(command, ...args)),
    eval: async (script, keys, argv) =>
      reply(await client.eval(script, keys.length, ...keys, ...argv.map(asSent))),
  }
}

function reply(value: unknown): ClientReply {
  if (Array.isArray(value)) return value.map(reply)
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  throw new TypeError(`no reply of Redis is a ${typeof value}`)
}

const asSent = (argument: Argument): string | number | Buffer =>
  argument instanceof Uint8Array ? Buffer.from(argument) : argument
