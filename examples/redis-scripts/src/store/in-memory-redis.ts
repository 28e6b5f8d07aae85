/**
 * As much of Redis as BullMQ's scripts use, in memory and synchronous.
 *
 *     const redis = new InMemoryRedis()
 *     redis.call('LPUSH', 'jobs', '1')   // 1
 *     redis.call('GET', 'jobs')          // throws RedisError: WRONGTYPE ...
 *
 * One file for each type of value holds its commands.
 */
import { type Reply, RedisError } from '../redis-reply.ts'
import type { Commands } from './command.ts'
import { hashCommands } from './hash-commands.ts'
import { keyCommands } from './key-commands.ts'
import { Keyspace } from './keyspace.ts'
import { listCommands } from './list-commands.ts'
import { setCommands } from './set-commands.ts'
import { sortedSetCommands } from './sorted-set-commands.ts'
import { streamCommands } from './stream-commands.ts'
import { stringCommands } from './string-commands.ts'

export const commands: Commands = {
  ...keyCommands,
  ...stringCommands,
  ...hashCommands,
  ...listCommands,
  ...setCommands,
  ...sortedSetCommands,
  ...streamCommands,
}

export class InMemoryRedis {
  readonly #keys = new Keyspace()

  call(name: string, ...args: string[]): Reply {
    const command = commands[name.toUpperCase()]
    if (command === undefined) throw new RedisError('ERR Unknown Redis command called from script')
    const given = args.length + 1
    if (command.arity < 0 ? given < -command.arity : given !== command.arity) {
      throw new RedisError('ERR Wrong number of args calling Redis command from script')
    }
    return command.run(this.#keys, ...args)
  }
}
