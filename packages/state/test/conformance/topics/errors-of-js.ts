/** Errors of JavaScript that go through Lua: they keep their identity. */
import { runInNewContext } from 'node:vm'
import { expect } from 'vitest'
import type { LuaError, LuaState } from '../../../src/index.ts'
import { attempt } from '../attempt.ts'
import type { Topic } from '../row.ts'

function throwing(lua: LuaState, value: unknown): void {
  lua.globals.fail = () => {
    throw value
  }
}

/** What Lua catches of a value that a callback throws. */
function caught(lua: LuaState, value: unknown): unknown {
  throwing(lua, value)
  return lua.execute('local ok, e = pcall(fail) return e')
}

export const errorsOfJs: Topic = {
  title: 'Errors of JavaScript',
  rows: [
    {
      says: 'what a callback throws is the very object that pcall catches',
      does: lua =>
        [new TypeError('t'), { code: 1 }, [1], new Map()].map(thrown => caught(lua, thrown) === thrown),
      gives: [true, true, true, true],
    },
    {
      says: 'strings, numbers, booleans and nothing are thrown as the same value of Lua',
      does: lua => ['text', 7, true, undefined, null].map(thrown => caught(lua, thrown)),
      gives: ['text', 7, true, undefined, undefined],
    },
    {
      says: 'what Lua has no place for is told in words',
      does: (lua, open) => {
        const other = open()
        const foreign = other.table([1])
        const given = [10n ** 30n, Symbol('s')].map(thrown => caught(lua, thrown))
        const same = caught(lua, foreign) === foreign
        other.close()
        return [...given, same]
      },
      gives: [String(10n ** 30n), 'Symbol(s)', true],
    },
    {
      says: 'Lua can look at an error that it caught',
      does: lua => {
        throwing(lua, new TypeError('of JS'))
        return lua.execute.all('local ok, e = pcall(fail) return tostring(e), e.message, e.name')
      },
      gives: ['TypeError: of JS', 'of JS', 'TypeError'],
    },
    {
      says: 'an error that nothing catches is the cause of a LuaError with the frames of Lua',
      does: lua => {
        const thrown = new TypeError('of JS')
        throwing(lua, thrown)
        const error = attempt(() => lua.execute('local function f()\n  fail()\nend\nf()')) as LuaError
        return [
          error.name,
          error.message,
          error.cause === thrown,
          error.value === thrown,
          error.line,
          error.traceback,
        ]
      },
      gives: ['LuaError', 'of JS', true, true, 2, expect.stringContaining('stack traceback:')],
    },
    {
      says: 'it goes through two pcalls, is raised again, and is the same object in JS',
      does: lua => {
        const thrown = new Error('x')
        throwing(lua, thrown)
        const chunk = `
          local function once() local ok, e = pcall(fail) error(e) end
          local function twice() local ok, e = pcall(once) error(e, 0) end
          twice()`
        const error = attempt(() => lua.execute(chunk)) as LuaError
        return [error.cause === thrown, error.value === thrown]
      },
      gives: [true, true],
    },
    {
      says: 'it goes through coroutines, xpcall, libraries and metamethods as the same object',
      does: lua => {
        const thrown = new Error('x')
        throwing(lua, thrown)
        return [
          'coroutine.wrap(fail)()',
          'local co = coroutine.create(fail) local ok, e = coroutine.resume(co) error(e)',
          'local ok, e = xpcall(fail, function(e) return e end) error(e)',
          'return setmetatable({}, {__index = fail}).x',
          'return setmetatable({}, {__add = fail}) + 1',
          'for _ in fail do end',
          'return (string.gsub("a", "a", fail))',
          'table.sort({1, 2, 3}, fail)',
        ].map(chunk => {
          const error = attempt(() => lua.execute(chunk)) as LuaError
          return error.cause === thrown || error.message
        })
      },
      gives: [true, true, true, true, true, true, true, true],
    },
    {
      says: 'an error of Lua that goes through a callback comes out as the same error',
      does: lua => {
        let inner: unknown
        lua.globals.callback = () => {
          inner = attempt(() => lua.execute('error("deep")'))
          throw inner
        }
        return [attempt(() => lua.execute('callback()')) === inner, (inner as LuaError).message]
      },
      gives: [true, expect.stringContaining('deep')],
    },
    {
      says: 'an error goes through five borders unchanged',
      does: lua => {
        const thrown = new Error('at the bottom')
        const down = (level: number): unknown => {
          if (level === 0) throw thrown
          return lua.execute('local down, level = ... return down(level - 1)', down, level)
        }
        return (attempt(() => down(5)) as Error).cause === thrown
      },
      gives: true,
    },
    {
      says: 'a table of Lua that a callback throws is that table',
      does: lua => {
        throwing(lua, lua.table({ code: 7 }))
        return lua.execute('local ok, e = pcall(fail) return e.code + 1')
      },
      gives: 8,
    },
    {
      says: 'errors of another realm are errors',
      does: lua => {
        const fail = runInNewContext('() => { throw new TypeError("theirs") }') as () => void
        return attempt(() => lua.execute('(...)()', fail))
      },
      gives: expect.objectContaining({ name: 'LuaError', message: 'theirs' }),
    },
    {
      says: 'a callback that recurses in JavaScript alone throws its own RangeError into Lua',
      does: lua => {
        const recurse = (): number => recurse() + 1
        lua.globals.recurse = recurse
        return [lua.execute('local ok, e = pcall(recurse) return e'), lua.eval('1 + 1')]
      },
      gives: [expect.any(RangeError), 2],
    },
    {
      says: 'a RangeError keeps its identity even where its message means something to Lua',
      does: lua => {
        const thrown = new RangeError('Invalid array length')
        return caught(lua, thrown) === thrown
      },
      gives: true,
    },
    {
      says: 'errors that JS and Lua throw at each other a thousand times cost nothing that stays',
      does: lua => {
        throwing(lua, new Error('x'))
        return lua.execute(
          'local n = 0 for i = 1, 1000 do if not pcall(fail) then n = n + 1 end end return n',
        )
      },
      gives: 1000,
    },
  ],
}
