/** Streams: logs of events. */
import { type Reply, RedisError, syntaxError } from '../redis-reply.ts'
import { command, type Commands } from './command.ts'
import type { Keyspace } from './keyspace.ts'
import { parseInteger } from './numbers.ts'
import { compareIds, formatId, type Stream, type StreamEntry, type StreamId } from './stream.ts'

interface Trim {
  readonly length: number
  readonly approximate: boolean
}

/** Redis trims approximately by dropping whole nodes of this many entries (stream-node-max-entries). */
const NODE_SIZE = 100

function add(keys: Keyspace, key: string, ...words: string[]): Reply {
  const trim = words[0]?.toUpperCase() === 'MAXLEN' ? takeTrim(words) : undefined
  const [id, ...fields] = words
  if (id === undefined || fields.length === 0 || fields.length % 2 !== 0) {
    throw new RedisError("ERR wrong number of arguments for 'xadd' command")
  }
  return keys.change(key, 'stream', stream => {
    const entryId = id === '*' ? stream.nextId(Date.now()) : parseId(id, 0)
    if (compareIds(entryId, stream.last) <= 0) {
      throw new RedisError('ERR The ID specified in XADD is equal or smaller than the target stream top item')
    }
    stream.append(entryId, fields)
    if (trim !== undefined) trimTo(stream, trim)
    return formatId(entryId)
  })
}

/** Takes `MAXLEN [~|=] <length>` off the front. */
function takeTrim(words: string[]): Trim {
  words.shift()
  const approximate = words[0] === '~'
  if (approximate || words[0] === '=') words.shift()
  return { length: parseInteger(words.shift() ?? ''), approximate }
}

function trimTo({ entries }: Stream, { length, approximate }: Trim): number {
  const before = entries.length
  if (approximate) {
    const node = (): number => Math.min(NODE_SIZE, entries.length)
    while (node() > 0 && entries.length - node() >= length) entries.splice(0, node())
  } else if (entries.length > length) {
    entries.splice(0, entries.length - length)
  }
  return before - entries.length
}

function trimCommand(keys: Keyspace, key: string, ...words: string[]): number {
  if (words[0]?.toUpperCase() !== 'MAXLEN') throw syntaxError()
  const trim = takeTrim(words)
  return keys.has(key) ? keys.change(key, 'stream', stream => trimTo(stream, trim)) : 0
}

function range(keys: Keyspace, key: string, from: string, to: string, ...words: string[]): Reply {
  const [low, high] = [parseId(from, 0), parseId(to, Infinity)]
  const within = keys
    .read(key, 'stream')
    .entries.filter(({ id }) => compareIds(id, low) >= 0 && compareIds(id, high) <= 0)
  return within.slice(0, countOption(words)).map(toReply)
}

/** `XREAD [COUNT n] STREAMS key... id...`: entries after the given ids, nil if there are none. */
function read(keys: Keyspace, ...words: string[]): Reply {
  const at = words.findIndex(word => word.toUpperCase() === 'STREAMS')
  const named = words.slice(at + 1)
  if (at < 0 || named.length === 0 || named.length % 2 !== 0) throw syntaxError()
  const count = countOption(words.slice(0, at))
  const names = named.slice(0, named.length / 2)
  const found = names.flatMap((key, index): Reply[] => {
    const after = parseId(named[names.length + index] ?? '', 0)
    const entries = keys.read(key, 'stream').entries.filter(({ id }) => compareIds(id, after) > 0)
    return entries.length === 0 ? [] : [[key, entries.slice(0, count).map(toReply)]]
  })
  return found.length === 0 ? null : found
}

function remove(keys: Keyspace, key: string, ...ids: string[]): number {
  if (!keys.has(key)) return 0
  return keys.change(key, 'stream', stream => {
    const before = stream.entries.length
    const gone = new Set(ids.map(id => formatId(parseId(id, 0))))
    stream.entries = stream.entries.filter(({ id }) => !gone.has(formatId(id)))
    return before - stream.entries.length
  })
}

function parseId(text: string, missingSequence: number): StreamId {
  if (text === '-') return { ms: 0, seq: 0 }
  if (text === '+') return { ms: Infinity, seq: Infinity }
  const parts = /^(\d+)(?:-(\d+))?$/.exec(text)
  if (parts === null) throw new RedisError('ERR Invalid stream ID specified as stream command argument')
  return { ms: Number(parts[1]), seq: parts[2] === undefined ? missingSequence : Number(parts[2]) }
}

function countOption(words: readonly string[]): number {
  if (words.length === 0) return Infinity
  if (words.length !== 2 || words[0]?.toUpperCase() !== 'COUNT') throw syntaxError()
  return parseInteger(words[1] ?? '')
}

const toReply = ({ id, fields }: StreamEntry): Reply => [formatId(id), fields]

export const streamCommands: Commands = {
  XADD: command(-5, add),
  XTRIM: command(-4, trimCommand),
  XLEN: command(2, (keys, key: string) => keys.read(key, 'stream').entries.length),
  XRANGE: command(-4, range),
  XREAD: command(-4, read),
  XDEL: command(-3, remove),
}
