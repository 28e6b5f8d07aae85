/**
 * Everything that a Redis holds, as plain data that two of them can be compared by.
 *
 * Left out is what their clocks and hash functions decide: the ids of stream entries, how much of a time to
 * live is left, the order of a hash, of a set and of the fields in a JSON text.
 */
import type { ClientReply, Redis } from '../src/redis.ts'

interface KeyContent {
  readonly type: string
  readonly value: unknown
  readonly expires: boolean
}

export type Dump = Readonly<Record<string, KeyContent>>

export async function dump(redis: Redis): Promise<Dump> {
  const keys = textsOf(await redis.call('KEYS', '*')).toSorted()
  const contents = await Promise.all(keys.map(async key => [key, await read(redis, key)] as const))
  return Object.fromEntries(contents)
}

async function read(redis: Redis, key: string): Promise<KeyContent> {
  const type = String(await redis.call('TYPE', key))
  const expires = Number(await redis.call('PTTL', key)) >= 0
  return { type, value: await readValue(redis, key, type), expires }
}

async function readValue(redis: Redis, key: string, type: string): Promise<unknown> {
  switch (type) {
    case 'string':
      return redis.call('GET', key)
    case 'hash':
      return fields(textsOf(await redis.call('HGETALL', key)))
    case 'list':
      return redis.call('LRANGE', key, '0', '-1')
    case 'set':
      return textsOf(await redis.call('SMEMBERS', key)).toSorted()
    case 'zset':
      return scores(textsOf(await redis.call('ZRANGE', key, '0', '-1', 'WITHSCORES')))
    case 'stream':
      return events(await redis.call('XRANGE', key, '-', '+'))
    default:
      throw new Error(`${key} is a ${type}, which this can't read`)
  }
}

const fields = (flat: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(pairs(flat).map(([field, text]) => [field, readable(text)]))

const scores = (flat: readonly string[]): [string, number][] =>
  pairs(flat).map(([member, score]) => [member, Number(score)])

/** Of `[[id, [field, text, ...]], ...]` the fields. */
function events(entries: ClientReply): Record<string, unknown>[] {
  return itemsOf(entries).map(entry => fields(textsOf(itemsOf(entry)[1] ?? [])))
}

/** JSON objects as objects: cjson writes their fields in the order of a Lua table. */
function readable(text: string): unknown {
  return text.startsWith('{') ? JSON.parse(text) : text
}

function pairs(flat: readonly string[]): [string, string][] {
  return Array.from({ length: flat.length / 2 }, (_, at) => [flat[at * 2] ?? '', flat[at * 2 + 1] ?? ''])
}

const textsOf = (reply: ClientReply): string[] => itemsOf(reply).map(String)

function itemsOf(reply: ClientReply): readonly ClientReply[] {
  if (typeof reply === 'object' && reply !== null) return reply
  throw new TypeError(`${reply} is no array`)
}
