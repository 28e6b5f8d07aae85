/** Commands on keys of any type, and on the clock. */
import { OK, RedisError } from '../redis-reply.ts'
import { command, type Commands } from './command.ts'
import type { Keyspace } from './keyspace.ts'
import { parseInteger } from './numbers.ts'

const del = command(-2, (keys, ...names) => names.filter(name => keys.delete(name)).length)

function expireAt(keys: Keyspace, key: string, at: number): number {
  if (!keys.has(key)) return 0
  if (at <= Date.now()) keys.delete(key)
  else keys.expireAt(key, at)
  return 1
}

function persist(keys: Keyspace, key: string): number {
  if (Number.isFinite(keys.expiryOf(key) ?? Infinity)) {
    keys.expireAt(key, Infinity)
    return 1
  }
  return 0
}

function timeToLive(keys: Keyspace, key: string): number {
  const expiry = keys.expiryOf(key)
  if (expiry === undefined) return -2
  return Number.isFinite(expiry) ? expiry - Date.now() : -1
}

function time(): string[] {
  const now = Date.now()
  return [String(Math.floor(now / 1000)), String((now % 1000) * 1000)]
}

export const keyCommands: Commands = {
  DEL: del,
  UNLINK: del,
  EXISTS: command(-2, (keys, ...names) => names.filter(name => keys.has(name)).length),
  TYPE: command(2, (keys, key: string) => ({ ok: keys.typeOf(key) ?? 'none' })),
  /** Only for tests, which list everything: patterns other than `*` are not served. */
  KEYS: command(2, (keys, pattern: string) => {
    if (pattern !== '*') throw new RedisError('ERR this store lists all keys (*) or none')
    return keys.names()
  }),
  RENAME: command(3, (keys, from: string, to: string) => {
    if (!keys.rename(from, to)) throw new RedisError('ERR no such key')
    return OK
  }),
  PEXPIRE: command(3, (keys, key: string, ms: string) => expireAt(keys, key, Date.now() + parseInteger(ms))),
  PEXPIREAT: command(3, (keys, key: string, at: string) => expireAt(keys, key, parseInteger(at))),
  PERSIST: command(2, persist),
  PTTL: command(2, timeToLive),
  TIME: command(1, time),
}
