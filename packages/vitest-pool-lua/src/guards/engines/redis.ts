/** Clients of ioredis and of redis (node-redis), single ones and clusters. */
import { watchMethod } from '../engine.ts'
import { has } from './emitters.ts'
import type { EmitterKind } from './emitters.ts'
import { byOtherPackages, call, read, text } from './kind.ts'
import type { EngineKind } from './kind.ts'
import type { Opening } from './opening.ts'

/** Two connections to one server are what subscribers need: some take a duplicate on purpose. */
const DUPLICATE = /duplicate$/
const BY_OTHERS = byOtherPackages('ioredis', 'redis', '@redis')

/** A connection that has subscribed does nothing else. node-redis makes the small names of the big ones. */
const SUBSCRIBE = ['subscribe', 'psubscribe', 'ssubscribe', 'SUBSCRIBE', 'PSUBSCRIBE', 'SSUBSCRIBE']

const subscribed = new WeakMap<object, (() => boolean)[]>()

const subscribers = {
  begin(client: object): void {
    const methods = SUBSCRIBE.filter(name => typeof read(client, name) === 'function')
    subscribed.set(
      client,
      methods.map(name => watchMethod(client, name).called),
    )
  },
  isApart: (client: object): boolean => subscribed.get(client)?.some(called => called()) === true,
}

export const ioredis: EngineKind & EmitterKind = {
  ...subscribers,
  group: 'ioredis',
  fits: prototype =>
    has(prototype, 'disconnect', 'quit', 'duplicate', 'sendCommand', 'setStatus', 'pipeline'),
  name: client => `ioredis ${'nodes' in client ? 'cluster' : `client (${ioredisAddress(client)})`}`,
  key: (client, opening) => ('nodes' in client ? null : unlessMeant(ioredisAddress(client), opening)),
  // While it is being closed its status is still that of before.
  isOpen: client => read(client, 'status') !== 'end' && read(client, 'manuallyClosing') !== true,
  dispose: client => call(client, 'disconnect'),
  inner: /[\\/]ioredis[\\/].*(?:ConnectionPool|Subscriber|[sS]entinel)/,
}

export const redis: EngineKind & EmitterKind = {
  ...subscribers,
  group: 'redis',
  fits: prototype =>
    has(prototype, 'isOpen', 'sendCommand') && ('destroy' in prototype || 'disconnect' in prototype),
  name: client => redisName(client),
  key: (client, opening) => (isSingle(client) ? unlessMeant(redisAddress(client), opening) : null),
  // Until it is connected there is nothing to close, and closing it is an error.
  isOpen: client => read(client, 'isOpen') === true,
  dispose: client => call(client, 'destroy' in client ? 'destroy' : 'disconnect'),
  inner: /[\\/]@redis[\\/]client[\\/].*(?:cluster-slots|[\\/]sentinel[\\/]|pool\.js #create)/,
}

/** It asks sentinels where the server is, by clients of its own. */
export const redisSentinel: EngineKind & EmitterKind = {
  fits: prototype => has(prototype, 'isOpen', 'sendCommand', 'acquire', 'destroy'),
  name: () => 'redis sentinel client',
  key: () => null,
  isOpen: client => read(client, 'isOpen') === true,
  dispose: client => call(client, 'destroy'),
}

function unlessMeant(address: string, opening: Opening): string | null {
  return opening.through(DUPLICATE) || opening.through(BY_OTHERS) ? null : address
}

/** Pools and clusters have connections to several, and other options. */
function isSingle(client: object): boolean {
  return !('totalClients' in client) && !('slots' in client)
}

function redisName(client: object): string {
  if (isSingle(client)) return `redis client (${redisAddress(client)})`
  return 'slots' in client ? 'redis cluster' : 'redis client pool'
}

function ioredisAddress(client: object): string {
  const options = read(client, 'options')
  const sentinels = read(options, 'sentinels')
  if (!Array.isArray(sentinels)) return addressOf(options, read(options, 'db'))
  return `${addressOf(sentinels[0], read(options, 'db'))} of ${text(read(options, 'name'))} by its sentinel`
}

function redisAddress(client: object): string {
  const options = read(client, 'options')
  return addressOf(read(options, 'socket'), read(options, 'database'))
}

function addressOf(socket: unknown, database: unknown): string {
  const path = read(socket, 'path')
  const host = text(read(socket, 'host'), 'localhost')
  const server = typeof path === 'string' ? path : `${host}:${text(read(socket, 'port'), '6379')}`
  return `redis://${server}/${text(database, '0')}`
}
