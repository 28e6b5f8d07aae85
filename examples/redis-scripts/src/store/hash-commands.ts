/** Hashes: fields and their texts under one key. */
import { OK, RedisError } from '../redis-reply.ts'
import { command, pairs, type Commands } from './command.ts'
import type { Keyspace } from './keyspace.ts'
import { parseInteger } from './numbers.ts'

function set(keys: Keyspace, name: string, key: string, flat: readonly string[]): number {
  if (flat.length % 2 !== 0) throw new RedisError(`ERR wrong number of arguments for '${name}' command`)
  return keys.change(key, 'hash', hash => {
    const before = hash.size
    for (const [field, value] of pairs(flat)) hash.set(field, value)
    return hash.size - before
  })
}

function incrementBy(keys: Keyspace, key: string, field: string, by: string): number {
  return keys.change(key, 'hash', hash => {
    const now = hash.get(field) ?? '0'
    if (!/^-?\d+$/.test(now)) throw new RedisError('ERR hash value is not an integer')
    const sum = Number(now) + parseInteger(by)
    hash.set(field, String(sum))
    return sum
  })
}

export const hashCommands: Commands = {
  HSET: command(-4, (keys, key: string, ...flat) => set(keys, 'hset', key, flat)),
  HMSET: command(-4, (keys, key: string, ...flat) => {
    set(keys, 'hmset', key, flat)
    return OK
  }),
  HGET: command(3, (keys, key: string, field: string) => keys.read(key, 'hash').get(field) ?? null),
  HMGET: command(-3, (keys, key: string, ...fields) => {
    const hash = keys.read(key, 'hash')
    return fields.map(field => hash.get(field) ?? null)
  }),
  HGETALL: command(2, (keys, key: string) => [...keys.read(key, 'hash')].flat()),
  HEXISTS: command(3, (keys, key: string, field: string) => Number(keys.read(key, 'hash').has(field))),
  HLEN: command(2, (keys, key: string) => keys.read(key, 'hash').size),
  HDEL: command(-3, (keys, key: string, ...fields) =>
    keys.change(key, 'hash', hash => fields.filter(field => hash.delete(field)).length),
  ),
  HINCRBY: command(4, incrementBy),
}
