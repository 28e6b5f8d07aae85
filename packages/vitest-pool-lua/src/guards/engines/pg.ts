/** Pools and clients of pg. */
import { within } from '../clock.ts'
import { has } from './emitters.ts'
import type { EmitterKind } from './emitters.ts'
import { byOtherPackages, call, orElse, read, text } from './kind.ts'
import type { EngineKind } from './kind.ts'
import type { Opening } from './opening.ts'

/** ms for an orderly end: a server that does not answer holds it up. */
const ORDERLY = 1_000

export const pgPool: EngineKind & EmitterKind = {
  group: 'pgPool',
  fits: prototype => has(prototype, 'query', 'connect', 'end', 'totalCount', 'idleCount', 'waitingCount'),
  name: pool => `pg Pool (${addressOf(pool)})`,
  key: keyOf,
  isOpen: pool => read(pool, 'ending') !== true && read(pool, 'ended') !== true,
  async dispose(pool) {
    const ended = Promise.resolve(call(pool, 'end'))
    const clients = listOf(read(pool, '_clients'))
    // `end` waits for what tests have taken and not released.
    for (const client of clients) orElse(() => call(client, 'release', true), undefined)
    if (await within(ORDERLY, ended.then(isTrue), false)) return
    clients.forEach(breakOff)
    await ended
  },
}

export const pgClient: EngineKind & EmitterKind = {
  group: 'pgClient',
  fits: prototype => has(prototype, 'query', 'connect', 'end', 'escapeIdentifier', 'escapeLiteral'),
  name: client => `pg Client (${addressOf(client)})`,
  key: keyOf,
  // Transactions that meet, and one that listens to another, take two.
  sideBySide: true,
  isOpen: client => read(client, '_ending') !== true && read(client, '_ended') !== true,
  async dispose(client) {
    const ended = Promise.resolve(call(client, 'end'))
    if (await within(ORDERLY, ended.then(isTrue), false)) return
    breakOff(client)
    await ended
  },
  inner: /[\\/]pg-pool[\\/]/,
}

const isTrue = (): boolean => true

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? [...(value as unknown[])] : []
}

/** It will say that its connection ended: nobody is to hear that as an uncaught error. */
function breakOff(client: unknown): void {
  call(client, 'on', 'error', () => {})
  call(read(client, 'connection', 'stream'), 'destroy')
}

const BY_OTHERS = byOtherPackages('pg', 'pg-pool')

function keyOf(value: object, opening: Opening): string | null {
  return opening.through(BY_OTHERS) ? null : addressOf(value)
}

/** Without the password. A pool has options, a client what it made of them. */
function addressOf(value: object): string {
  const given = read(value, 'connectionParameters') ?? read(value, 'options')
  const connection = read(given, 'connectionString')
  if (typeof connection === 'string') return withoutPassword(connection)
  const [user, host, port, database] = ['user', 'host', 'port', 'database'].map(name =>
    text(read(given, name)),
  )
  return `postgres://${user ? `${user}@` : ''}${host || 'localhost'}:${port || '5432'}/${database || user || ''}`
}

function withoutPassword(connection: string): string {
  if (!URL.canParse(connection)) return 'a connection string'
  const { protocol, username, host, pathname } = new URL(connection)
  return `${protocol}//${username ? `${username}@` : ''}${host}${pathname}`
}
