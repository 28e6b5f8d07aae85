/**
 * An in-memory Redis whose EVAL runs in the given Lua state.
 *
 *     const redis = scriptedRedis(lua)
 *     await redis.eval("return redis.call('SET', KEYS[1], ARGV[1])", ['greeting'], ['hello'])   // 'OK'
 *
 * `lua/redis_host.lua` must be on the state's package path.
 */
import { createHash } from 'node:crypto'
import type { LuaFunction, LuaState } from '@vitest-pool-lua/state'
import type { Argument, Redis } from '../redis.ts'
import { RedisError } from '../redis-reply.ts'
import { InMemoryRedis } from '../store/in-memory-redis.ts'
import { formatNumber } from '../store/numbers.ts'
import { cjson } from './cjson.ts'
import { cmsgpack } from './cmsgpack.ts'
import { widenNumerals } from './lua-51-numerals.ts'
import { asError, fromScript, toClient, toLua } from './reply-conversion.ts'

export function scriptedRedis(lua: LuaState): Redis {
  const store = new InMemoryRedis()
  const run = openHost(lua, store)
  const adapt = lua.capabilities.integerBits === 32 ? widenNumerals : (script: string): string => script
  return {
    call: async (command, ...args) => toClient(store.call(command, ...args)),
    eval: async (script, keys, argv) => {
      const [finished, value] = run.all(adapt(script), [...keys], argv.map(asBytes))
      if (!finished) throw asError(value)
      return fromScript(value)
    },
  }
}

function openHost(lua: LuaState, store: InMemoryRedis): LuaFunction {
  const open: LuaFunction = lua.require('redis_host')
  return open({ call: scriptCall(store), cjson, cmsgpack, sha1hex })
}

/** What `redis.call` and `redis.pcall` ask: an error is answered, not thrown. */
function scriptCall(store: InMemoryRedis): (...args: unknown[]) => unknown {
  return (...args) => {
    try {
      const [command = '', ...rest] = args.map(asArgument)
      return toLua(store.call(command, ...rest))
    } catch (error) {
      if (error instanceof RedisError) return { err: error.message }
      throw error
    }
  }
}

function asArgument(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return formatNumber(value)
  throw new RedisError('ERR Lua redis lib command arguments must be strings or integers')
}

const asBytes = (argument: Argument): string | Uint8Array =>
  typeof argument === 'number' ? formatNumber(argument) : argument

const sha1hex = (text: string): string => createHash('sha1').update(text).digest('hex')
