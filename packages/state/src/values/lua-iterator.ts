/** Iterables of JS in a `for` of Lua. */
import { inspect } from 'node:util'
import { LuaStateError } from '../errors.ts'
import { multiReturn, type LuaMultiReturn } from './multi-return.ts'

/** For a `for` of Lua: the next values, or none at the end. */
export type LuaIterator = () => LuaMultiReturn

/**
 * An iterator of Lua over an iterable of JS. As in `for (const [k, v] of map)`, what an array holds comes as several
 * values; `list.entries()` counts from 0. An item that is nil, which would end the loop, is an error.
 *
 *     lua.execute('for key, value in ... do print(key, value) end', luaIterator(map))
 *     lua.globals.each = luaIterator       // for key, value in each(map) do
 */
export function luaIterator(iterable: Iterable<unknown>): LuaIterator {
  const items = iteratorOf(iterable)
  let index = 0
  return () => {
    const step = items.next()
    if (step.done === true) return multiReturn()
    const values: readonly unknown[] = Array.isArray(step.value) ? step.value : [step.value]
    if (values[0] === undefined || values[0] === null) throw nilError(index)
    index++
    return multiReturn(...values)
  }
}

function iteratorOf(iterable: unknown): Iterator<unknown> {
  const create: unknown = Object(iterable)[Symbol.iterator]
  if (typeof create === 'function') return Reflect.apply(create, iterable, [])
  throw new LuaStateError(
    'LUA_STATE_ITERABLE_EXPECTED',
    `luaIterator was given ${inspect(iterable, { depth: 0 })}, which can't be iterated over. ` +
      'Allowed are iterables of JavaScript: arrays, Maps, Sets, generators. Lua goes over its own tables by pairs.',
  )
}

function nilError(index: number): LuaStateError {
  return new LuaStateError(
    'LUA_STATE_ITERABLE_NIL',
    `The item ${index} (from 0) that luaIterator was to give begins with nil, which would end the loop in Lua. ` +
      'Filter the items, or count them: luaIterator(list.entries()).',
  )
}
