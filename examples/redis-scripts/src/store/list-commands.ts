/** Lists: the head is on the left. */
import { OK, type Reply, RedisError, syntaxError } from '../redis-reply.ts'
import { command, slice, type Commands } from './command.ts'
import type { Keyspace } from './keyspace.ts'
import { parseInteger } from './numbers.ts'

function pushLeft(keys: Keyspace, key: string, ...values: string[]): number {
  return keys.change(key, 'list', list => list.unshift(...values.toReversed()))
}

function pushRight(keys: Keyspace, key: string, ...values: string[]): number {
  return keys.change(key, 'list', list => list.push(...values))
}

function popRightPushLeft(keys: Keyspace, from: string, to: string): Reply {
  // Read first: a wrong type at the target must leave the source alone.
  keys.read(to, 'list')
  const value = keys.change(from, 'list', list => list.pop())
  if (value === undefined) return null
  pushLeft(keys, to, value)
  return value
}

/** A positive count removes from the head, a negative one from the tail, 0 removes all. */
function remove(keys: Keyspace, key: string, countText: string, value: string): number {
  const count = parseInteger(countText)
  return keys.change(key, 'list', list => {
    const found = list.flatMap((item, at) => (item === value ? [at] : []))
    const chosen = count < 0 ? found.slice(count) : found.slice(0, count || found.length)
    for (const at of chosen.toReversed()) list.splice(at, 1)
    return chosen.length
  })
}

function trim(keys: Keyspace, key: string, start: string, stop: string): Reply {
  const [from, to] = [parseInteger(start), parseInteger(stop)]
  return keys.change(key, 'list', list => {
    list.splice(0, list.length, ...slice(list, from, to))
    return OK
  })
}

function setAt(keys: Keyspace, key: string, index: string, value: string): Reply {
  if (!keys.has(key)) throw new RedisError('ERR no such key')
  const at = parseInteger(index)
  return keys.change(key, 'list', list => {
    if (list.at(at) === undefined) throw new RedisError('ERR index out of range')
    list[at < 0 ? list.length + at : at] = value
    return OK
  })
}

function position(keys: Keyspace, key: string, value: string, ...options: string[]): Reply {
  if (options.length > 0) throw syntaxError()
  const at = keys.read(key, 'list').indexOf(value)
  return at < 0 ? null : at
}

export const listCommands: Commands = {
  LPUSH: command(-3, pushLeft),
  RPUSH: command(-3, pushRight),
  LPOP: command(2, (keys, key: string) => keys.change(key, 'list', list => list.shift() ?? null)),
  RPOP: command(2, (keys, key: string) => keys.change(key, 'list', list => list.pop() ?? null)),
  RPOPLPUSH: command(3, popRightPushLeft),
  LLEN: command(2, (keys, key: string) => keys.read(key, 'list').length),
  LINDEX: command(3, (keys, key: string, at: string) => keys.read(key, 'list').at(parseInteger(at)) ?? null),
  LRANGE: command(4, (keys, key: string, start: string, stop: string) =>
    slice(keys.read(key, 'list'), parseInteger(start), parseInteger(stop)),
  ),
  LPOS: command(-3, position),
  LREM: command(4, remove),
  LSET: command(4, setAt),
  LTRIM: command(4, trim),
}
