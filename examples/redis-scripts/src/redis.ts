/**
 * What scripts run on: the in-memory store with a Lua state, or a server. Tests
 * reach both through this, and can't tell them apart.
 *
 *     await redis.eval("return redis.call('INCR', KEYS[1])", ['visits'], [])   // 1
 *     await redis.call('GET', 'visits')                                        // '1'
 *
 * Replies are as a client gives them: a status is its text. An error rejects.
 */
export type Argument = string | number | Uint8Array

export type ClientReply = number | string | null | readonly ClientReply[]

export interface Redis {
  call(command: string, ...args: string[]): Promise<ClientReply>
  eval(script: string, keys: readonly string[], argv: readonly Argument[]): Promise<ClientReply>
}
