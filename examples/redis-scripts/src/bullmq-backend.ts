/**
 * Lets BullMQ's own classes work on any `Redis` of ours. They build the KEYS and
 * ARGV of every script, exactly as in production; only the connection is replaced.
 *
 *     const queue = new Queue('paint', options, backendFor(redis))
 *     await queue.add('wall', { colour: 'red' })
 */
import { type BackendFactory, QueueKeys, type RedisConnection, RedisQueueBackend } from 'bullmq'
import type { Argument, ClientReply, Redis } from './redis.ts'
import { scripts } from './bullmq-scripts.ts'

export function backendFor(redis: Redis): BackendFactory<RedisQueueBackend> {
  const connection = {
    client: Promise.resolve(clientOf(redis)),
    redisVersion: '7.0.0',
    databaseType: 'redis',
  }
  return (name, options) => {
    const keys = new QueueKeys()
    return new RedisQueueBackend(
      connection as unknown as RedisConnection,
      name,
      keys.getKeys(name),
      type => keys.toKey(name, type),
      options,
      undefined,
      false,
    )
  }
}

/** The part of BullMQ's client interface that runs scripts, and the two plain commands that a queue uses. */
function clientOf(redis: Redis) {
  const runCommand = async (name: string, args: readonly unknown[]): Promise<unknown> => {
    const script = scripts.get(name.replace(/:.*/, ''))
    if (script === undefined) throw new Error(`bullmq ships no script ${name}`)
    const texts = args.map(asArgument)
    return redis.eval(script.content, texts.slice(0, script.keys).map(String), texts.slice(script.keys))
  }
  const queue = (): ReturnType<typeof transaction> => transaction(runCommand)
  const hgetall = async (key: string): Promise<unknown> => asObject(await redis.call('HGETALL', key))
  const hset = (key: string, fields: Record<string, string | number>): Promise<unknown> =>
    redis.call('HSET', key, ...Object.entries(fields).flat().map(String))
  return { status: 'ready', isCluster: false, runCommand, hgetall, hset, multi: queue, pipeline: queue }
}

/** Runs its commands in order once it is executed. */
function transaction(runCommand: (name: string, args: readonly unknown[]) => Promise<unknown>) {
  const queued: (() => Promise<unknown>)[] = []
  return {
    runCommand: (name: string, args: readonly unknown[]) => {
      queued.push(() => runCommand(name, args))
    },
    exec: async () => {
      const replies: [null, unknown][] = []
      for (const run of queued) replies.push([null, await run()])
      return replies
    },
  }
}

function asObject(flat: ClientReply): Record<string, unknown> {
  const texts = Array.isArray(flat) ? flat : []
  const fields = texts.filter((_, at) => at % 2 === 0)
  return Object.fromEntries(fields.map((field, at) => [String(field), texts[at * 2 + 1]]))
}

/** As ioredis does: what is undefined is sent as an empty text. */
function asArgument(value: unknown): Argument {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string' || typeof value === 'number' || value instanceof Uint8Array) return value
  throw new TypeError(`a script takes no ${typeof value}`)
}
