/** Strings and counters. */
import { OK, type Reply, RedisError, syntaxError, notAnInteger } from '../redis-reply.ts'
import { command, type Commands } from './command.ts'
import type { Keyspace } from './keyspace.ts'
import { parseInteger } from './numbers.ts'

interface SetOptions {
  expiresAt: number | undefined
  keepTtl: boolean
  only: 'NX' | 'XX' | undefined
}

function get(keys: Keyspace, key: string): Reply {
  return keys.has(key) ? keys.read(key, 'string').text : null
}

function set(keys: Keyspace, key: string, value: string, ...words: string[]): Reply {
  const options = setOptions(words)
  if (options.only === 'NX' && keys.has(key)) return null
  if (options.only === 'XX' && !keys.has(key)) return null
  keys.setString(key, value, options.keepTtl ? keys.expiryOf(key) : options.expiresAt)
  return OK
}

function setOptions(words: readonly string[]): SetOptions {
  const options: SetOptions = { expiresAt: undefined, keepTtl: false, only: undefined }
  const left = words.map(word => word.toUpperCase())
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (word === 'NX' || word === 'XX') options.only = word
    else if (word === 'KEEPTTL') options.keepTtl = true
    else if (word === 'PX') options.expiresAt = Date.now() + lifetime(left.shift())
    else if (word === 'EX') options.expiresAt = Date.now() + lifetime(left.shift()) * 1000
    else throw syntaxError()
  }
  return options
}

function lifetime(word: string | undefined): number {
  if (word === undefined) throw syntaxError()
  const value = parseInteger(word)
  if (value <= 0) throw new RedisError("ERR invalid expire time in 'set' command")
  return value
}

function incrementBy(keys: Keyspace, key: string, by: number): number {
  const sum = parseInteger(keys.read(key, 'string').text || '0') + by
  if (!Number.isSafeInteger(sum)) throw notAnInteger()
  keys.setString(key, String(sum), keys.expiryOf(key))
  return sum
}

export const stringCommands: Commands = {
  GET: command(2, get),
  SET: command(-3, set),
  INCR: command(2, (keys, key: string) => incrementBy(keys, key, 1)),
  INCRBY: command(3, (keys, key: string, by: string) => incrementBy(keys, key, parseInteger(by))),
}
