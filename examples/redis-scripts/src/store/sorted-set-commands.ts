/** Sorted sets: members with a score, in order of score. */
import { type Reply, RedisError, syntaxError } from '../redis-reply.ts'
import { command, pairs, slice, type Commands } from './command.ts'
import type { Keyspace } from './keyspace.ts'
import { formatNumber, parseFloatOr, parseInteger } from './numbers.ts'
import { byLex, byScore, inOrder, type Member } from './sorted-set-order.ts'

function add(keys: Keyspace, key: string, ...words: string[]): number {
  const only = ['NX', 'XX'].find(word => word === words[0]?.toUpperCase())
  const flat = only === undefined ? words : words.slice(1)
  if (flat.length === 0 || flat.length % 2 !== 0) throw syntaxError()
  const members = pairs(flat).map(([score, member]): Member => [member, parseFloatOr(score, badScore)])
  return keys.change(key, 'zset', zset => {
    const before = zset.size
    for (const [member, score] of members) {
      if (only === undefined || zset.has(member) === (only === 'XX')) zset.set(member, score)
    }
    return zset.size - before
  })
}

const badScore = (): RedisError => new RedisError('ERR value is not a valid float')

function popMin(keys: Keyspace, key: string, count = '1'): Reply {
  return keys.change(key, 'zset', zset => {
    const lowest = inOrder(zset).slice(0, parseInteger(count))
    for (const [member] of lowest) zset.delete(member)
    return flatten(lowest, true)
  })
}

function rangeByRank(members: readonly Member[], start: string, stop: string, words: string[]): Reply {
  const { withScores } = rangeOptions(words)
  return flatten(slice(members, parseInteger(start), parseInteger(stop)), withScores)
}

function limited(members: readonly Member[], words: readonly string[]): Reply {
  const { withScores, offset, count } = rangeOptions(words)
  return flatten(members.slice(offset, count < 0 ? undefined : offset + count), withScores)
}

function rangeOptions(words: readonly string[]): { withScores: boolean; offset: number; count: number } {
  const options = { withScores: false, offset: 0, count: -1 }
  for (let at = 0; at < words.length; at++) {
    const word = words[at]?.toUpperCase()
    if (word === 'WITHSCORES') options.withScores = true
    else if (word === 'LIMIT') {
      options.offset = parseInteger(words[++at] ?? '')
      options.count = parseInteger(words[++at] ?? '')
    } else throw syntaxError()
  }
  return options
}

function flatten(members: readonly Member[], withScores: boolean): string[] {
  return members.flatMap(([member, score]) => (withScores ? [member, formatNumber(score)] : [member]))
}

function removeEach(keys: Keyspace, key: string, choose: (members: Member[]) => readonly Member[]): number {
  return keys.change(key, 'zset', zset => {
    const chosen = choose(inOrder(zset))
    for (const [member] of chosen) zset.delete(member)
    return chosen.length
  })
}

const ordered = (keys: Keyspace, key: string): Member[] => inOrder(keys.read(key, 'zset'))

export const sortedSetCommands: Commands = {
  ZADD: command(-4, add),
  ZREM: command(-3, (keys, key: string, ...members) =>
    keys.change(key, 'zset', zset => members.filter(member => zset.delete(member)).length),
  ),
  ZCARD: command(2, (keys, key: string) => keys.read(key, 'zset').size),
  ZSCORE: command(3, (keys, key: string, member: string) => {
    const score = keys.read(key, 'zset').get(member)
    return score === undefined ? null : formatNumber(score)
  }),
  ZPOPMIN: command(-2, popMin),
  ZCOUNT: command(
    4,
    (keys, key: string, min: string, max: string) => ordered(keys, key).filter(byScore(min, max)).length,
  ),
  ZLEXCOUNT: command(
    4,
    (keys, key: string, min: string, max: string) => ordered(keys, key).filter(byLex(min, max)).length,
  ),
  ZRANGE: command(-4, (keys, key: string, start: string, stop: string, ...words) =>
    rangeByRank(ordered(keys, key), start, stop, words),
  ),
  ZREVRANGE: command(-4, (keys, key: string, start: string, stop: string, ...words) =>
    rangeByRank(ordered(keys, key).toReversed(), start, stop, words),
  ),
  ZRANGEBYSCORE: command(-4, (keys, key: string, min: string, max: string, ...words) =>
    limited(ordered(keys, key).filter(byScore(min, max)), words),
  ),
  ZREVRANGEBYSCORE: command(-4, (keys, key: string, max: string, min: string, ...words) =>
    limited(ordered(keys, key).toReversed().filter(byScore(min, max)), words),
  ),
  ZRANGEBYLEX: command(-4, (keys, key: string, min: string, max: string, ...words) =>
    limited(ordered(keys, key).filter(byLex(min, max)), words),
  ),
  ZREMRANGEBYSCORE: command(4, (keys, key: string, min: string, max: string) =>
    removeEach(keys, key, members => members.filter(byScore(min, max))),
  ),
  ZREMRANGEBYRANK: command(4, (keys, key: string, start: string, stop: string) =>
    removeEach(keys, key, members => slice(members, parseInteger(start), parseInteger(stop))),
  ),
}
