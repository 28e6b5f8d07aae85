/**
 * Replies as Lua values, and what a script returns as a reply, by Redis' rules.
 *
 * | reply  | Lua             | reply                             |
 * | ------ | --------------- | --------------------------------- |
 * | nil    | false           | nil, and so does nil              |
 * | status | { ok = text }   | status                            |
 * | error  | { err = text }  | error                             |
 * |        | true            | 1                                 |
 * |        | 3.99            | 3                                 |
 * |        | { 1, nil, 3 }   | [1]: an array ends before its nil |
 */
import { getKey, isLuaTable, type LuaTable } from '@vitest-pool-lua/state'
import type { ClientReply } from '../redis.ts'
import { isStatus, type Reply, RedisError } from '../redis-reply.ts'

export function toLua(reply: Reply): unknown {
  if (reply === null) return false
  return Array.isArray(reply) ? reply.map(toLua) : reply
}

/** Without Lua: what a command answered, for a client that called it itself. */
export function toClient(reply: Reply): ClientReply {
  if (reply === null || typeof reply !== 'object') return reply
  return isStatus(reply) ? reply.ok : reply.map(toClient)
}

/** What a script returned, for the client. Throws `RedisError` for an error. */
export function fromScript(value: unknown): ClientReply {
  if (value === undefined || value === false) return null
  if (value === true) return 1
  if (typeof value === 'number') return Math.trunc(value)
  if (typeof value === 'string') return value
  if (isLuaTable(value)) return fromTable(value)
  throw new TypeError(`a script can't answer with a ${typeof value}`)
}

/** What a script raised: a table with `err`, the text of a Lua error, or an error of the host itself. */
export function asError(raised: unknown): Error {
  const cause = isLuaTable(raised) ? getKey(raised, 'err') : raised
  if (cause instanceof Error) return cause
  const text = String(cause)
  return new RedisError(/^[A-Z]+ /.test(text) ? text : `ERR ${text}`)
}

function fromTable(table: LuaTable): ClientReply {
  if (getKey(table, 'err') !== undefined) throw asError(table)
  const status: unknown = getKey(table, 'ok')
  if (typeof status === 'string') return status
  const items: ClientReply[] = []
  for (let item: unknown = getKey(table, 1); item !== undefined; item = getKey(table, items.length + 1)) {
    items.push(fromScript(item))
  }
  return items
}
