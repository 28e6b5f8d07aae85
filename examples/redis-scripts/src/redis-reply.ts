/**
 * What Redis answers, in the words of its protocol.
 *
 *     1  'text'  null  { ok: 'OK' }  ['a', null, 2]
 *
 * An error is thrown: `RedisError`, whose message begins with a code (`ERR`, `WRONGTYPE`).
 */
export type Reply = number | string | null | Status | readonly Reply[]

/** A status reply: `+OK`. It has the shape of the table that a script sees. */
export interface Status {
  readonly ok: string
}

export const OK: Status = { ok: 'OK' }

export class RedisError extends Error {
  override readonly name = 'RedisError'
}

export const wrongType = (): RedisError =>
  new RedisError('WRONGTYPE Operation against a key holding the wrong kind of value')

export const syntaxError = (): RedisError => new RedisError('ERR syntax error')

export const notAnInteger = (): RedisError => new RedisError('ERR value is not an integer or out of range')

export const isStatus = (reply: unknown): reply is Status =>
  typeof reply === 'object' && reply !== null && 'ok' in reply
