/** JS and Lua that call each other: as deep as 100 levels, and a clean error beyond. */
import { expect } from 'vitest'
import { attempt } from '../attempt.ts'
import type { LuaError, LuaState } from '../../../src/index.ts'
import type { Topic } from '../row.ts'

/** Runs the chunk so many levels deep: it finds `down` and `level` in its arguments. */
function descend(lua: LuaState, levels: number, chunk: string): unknown {
  const down = (level: number): unknown => (level === levels ? level : lua.execute(chunk, down, level))
  return down(0)
}

/** Without an end: gives the error, and how deep it was. */
function descendForEver(lua: LuaState, chunk: string): { error: LuaError; deepest: number } {
  let deepest = 0
  const down = (level: number): unknown => {
    deepest = Math.max(deepest, level)
    return lua.execute(chunk, down, level)
  }
  return { error: attempt(() => down(0)) as LuaError, deepest }
}

const plain = 'local down, level = ... return down(level + 1)'
const overflow = expect.objectContaining({
  name: 'LuaError',
  message: expect.stringContaining('stack overflow'),
})

export const reEntrancy: Topic = {
  title: 'Re-entrancy',
  rows: [
    {
      says: 'JS and Lua call each other 100 levels deep',
      does: lua => descend(lua, 100, plain),
      gives: 100,
    },
    {
      says: 'through functions of Lua that JS holds they call each other 100 levels deep too',
      does: lua => {
        lua.globals.down = (level: number): unknown => (level === 100 ? level : lua.globals.up(level + 1))
        lua.execute('function up(level) return down(level) end')
        return lua.globals.up(0)
      },
      gives: 100,
    },
    {
      says: 'with a pcall at each level they call each other 60 levels deep',
      does: lua =>
        descend(
          lua,
          60,
          'local down, level = ... local ok, v = pcall(down, level + 1) if not ok then error(v, 0) end return v',
        ),
      gives: 60,
    },
    {
      says: 'with a coroutine at each level they call each other 40 levels deep',
      does: lua => descend(lua, 40, 'local down, level = ... return coroutine.wrap(down)(level + 1)'),
      gives: 40,
    },
    {
      says: 'through metamethods they call each other 40 levels deep',
      does: lua => {
        const chunk = `local down, level = ...
          return setmetatable({}, {__index = function(_, k) return down(k) end})[level + 1]`
        return descend(lua, 40, chunk)
      },
      gives: 40,
    },
    {
      says: 'nesting without an end is a "stack overflow", and the state goes on',
      does: lua => {
        const { error, deepest } = descendForEver(lua, plain)
        return [error, deepest >= 100, lua.eval('1 + 1'), descend(lua, 100, plain)]
      },
      gives: [overflow, true, 2, 100],
    },
    {
      says: 'nesting without an end that each level catches is one too',
      does: lua => {
        const chunk = 'local down, level = ... local ok, e = pcall(down, level + 1) error(e, 0)'
        const { error, deepest } = descendForEver(lua, chunk)
        return [error, deepest >= 60, lua.eval('1 + 1')]
      },
      gives: [overflow, true, 2],
    },
    {
      says: 'nesting without an end in coroutines inside coroutines is one too',
      does: lua => {
        const { error } = descendForEver(
          lua,
          'local down, level = ... return coroutine.wrap(down)(level + 1)',
        )
        return [error, lua.eval('1 + 1')]
      },
      gives: [overflow, 2],
    },
    {
      says: 'two states call each other 50 levels deep',
      does: (lua, open) => {
        const other = open()
        const down = (level: number): unknown =>
          level === 50 ? level : (level % 2 === 0 ? lua : other).execute(plain, down, level)
        const given = down(0)
        other.close()
        return given
      },
      gives: 50,
    },
    {
      says: 'JS that is deep in its own stack calls Lua, which calls JS',
      does: lua => {
        const deep = (level: number): unknown =>
          level === 0 ? descend(lua, 20, plain) : [deep(level - 1)].at(0)
        return deep(2000)
      },
      gives: 20,
    },
    {
      says: '10,000 calls each way go through',
      does: lua => {
        lua.globals.callback = (x: number) => x * 2
        const add = lua.eval('function(a, b) return a + b end')
        let sum = 0
        for (let index = 0; index < 10_000; index++) sum = add(sum, index)
        return [sum, lua.execute('local s = 0 for i = 1, 10000 do s = s + callback(i) end return s')]
      },
      gives: [49_995_000, 100_010_000],
    },
  ],
}
