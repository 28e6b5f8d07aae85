/** Errors of Lua: what `error` was given, and how it reaches JS. */
import { expect } from 'vitest'
import { LuaError, LuaMemoryError, LuaTimeoutError, type LuaState } from '../../../src/index.ts'
import { attempt } from '../attempt.ts'
import { inAChild } from '../in-a-child.ts'
import { on, type Topic } from '../row.ts'

const errorOf = (lua: LuaState, chunk: string) => attempt(() => lua.execute(chunk)) as LuaError
const messages = (lua: LuaState, chunks: readonly string[]) =>
  chunks.map(chunk => errorOf(lua, chunk).message)
const saying = (text: string) => expect.stringContaining(text)

export const errors: Topic = {
  title: 'Errors of Lua',
  rows: [
    {
      says: 'a string has its place before it, and is message and value',
      does: lua => {
        const error = errorOf(lua, 'error("boom")')
        return [error instanceof LuaError, error.name, error.message, error.value, Object.keys(error)]
      },
      gives: [true, 'LuaError', '[string "error("boom")"]:1: boom', '[string "error("boom")"]:1: boom', []],
    },
    {
      says: 'level 0 leaves the place out, level 2 blames the caller',
      does: lua => messages(lua, ['error("plain", 0)', 'local function f() error("x", 2) end\nf()']),
      gives: ['plain', '[string "local function f() error("x", 2) end..."]:2: x'],
    },
    {
      says: 'an error in Lua code is told as Lua tells it',
      does: lua =>
        messages(lua, ['local t = nil; t.x = 1', 'return 1 + {}', 'return #5', 'none()', 'return {} < {}']),
      gives: [
        saying('attempt to index'),
        saying('attempt to perform arithmetic on a table value'),
        saying('attempt to get length of a number value'),
        saying("attempt to call global 'none' (a nil value)"),
        saying('attempt to compare two table values'),
      ],
      differs: [
        on(['5.3', '5.4'], 'names come after the type', [
          saying("attempt to index a nil value (local 't')"),
          saying('attempt to perform arithmetic on a table value'),
          saying('attempt to get length of a number value'),
          saying("attempt to call a nil value (global 'none')"),
          saying('attempt to compare two table values'),
        ]),
      ],
    },
    {
      says: 'a table keeps its identity and has the message that it carries',
      does: lua => {
        const error = errorOf(lua, 'failure = {code = 7} error(failure)')
        const chunks = ['error({message = "inside"})', 'error({})', 'error({error = "too"})']
        return [error.value === lua.globals.failure, error.value, messages(lua, chunks)]
      },
      gives: [true, { code: 7 }, ['inside', '(error object is a table value)', 'too']],
    },
    {
      says: 'a table with `__tostring` has that as its message',
      does: lua =>
        messages(lua, [
          'error(setmetatable({}, {__tostring = function() return "mine" end}))',
          'error(setmetatable({}, {__tostring = function() error("never") end}))',
        ]),
      gives: ['mine', '(error object is a table value)'],
    },
    {
      says: 'nil, booleans, numbers and functions are values of errors too',
      does: lua =>
        ['error()', 'error(nil)', 'error(false)', 'error(42, 0)', 'error(1.5, 0)', 'error(print)'].map(
          chunk => {
            const { message, value } = errorOf(lua, chunk)
            return [message, typeof value]
          },
        ),
      gives: [
        ['(error object is a nil value)', 'undefined'],
        ['(error object is a nil value)', 'undefined'],
        ['(error object is a boolean value: false)', 'boolean'],
        ['42', 'number'],
        ['1.5', 'number'],
        ['(error object is a function value)', 'function'],
      ],
    },
    {
      says: 'a userdata and a coroutine are values of errors, identical',
      does: lua =>
        ['io.stdout', 'coroutine.create(print)'].map(value => {
          const error = errorOf(lua, `v = ${value} error(v)`)
          return [error.value === lua.globals.v, error.message]
        }),
      gives: [
        [true, expect.stringContaining('file (')],
        [true, '(error object is a thread value)'],
      ],
    },
    {
      says: 'an error has text where strings are bytes, also broken UTF-8',
      does: (_, open) =>
        (['utf8', 'bytes', 'latin1'] as const).map(encoding => {
          const lua = open({ encoding })
          const found = messages(lua, [
            'error("plain", 0)',
            'error({message = "inside"})',
            'error("\\195\\169", 0)',
          ])
          lua.close()
          return found
        }),
      gives: [
        ['plain', 'inside', 'é'],
        ['plain', 'inside', 'é'],
        ['plain', 'inside', 'é'],
      ],
    },
    {
      says: 'pcall and xpcall give what was raised, and every result where nothing was',
      does: lua =>
        lua.execute.all(`
          local t = {}
          local _, same = pcall(error, t)
          local _, handled = xpcall(function() error("x", 0) end, function(e) return e .. "!" end)
          return same == t, handled, select("#", pcall(error)), pcall(select, 2, "a", "b", nil)`),
      gives: [true, 'x!', 2, true, 'b', undefined],
    },
    {
      says: 'xpcall with debug.traceback gives the traceback',
      does: lua =>
        lua.execute(
          'local function inner() error("deep") end return select(2, xpcall(inner, debug.traceback))',
        ),
      gives: expect.stringMatching(/deep\nstack traceback:\n[^]*inner/),
    },
    {
      says: 'an error in the message handler of xpcall is an error, and the state goes on',
      does: lua => {
        const chunk = 'local ok, e = xpcall(error, function() error("in handler") end) return ok, type(e)'
        return [lua.execute.all(chunk), lua.eval('1 + 1')]
      },
      gives: [[false, 'string'], 2],
    },
    {
      says: 'a message handler may be a function of JavaScript',
      does: lua =>
        lua.execute.all('return xpcall(function() error("x", 0) end, ...)', (e: string) => `${e} handled`),
      gives: [false, 'x handled'],
    },
    {
      says: 'endless recursion is an error, and the state goes on',
      does: lua => {
        const chunks = [
          'local function f() return 1 + f() end return f()',
          'local t = setmetatable({}, {}) getmetatable(t).__index = function(_, k) return t[k .. "x"] end return t.x',
          'local function f() return (select(2, pcall(f))) end error(f(), 0)',
          'local function f() return (table.sort({1, 2}, f)) end return f()',
        ]
        return chunks.map(chunk => [errorOf(lua, chunk), lua.eval('1 + 1')])
      },
      gives: [0, 1, 2, 3].map(() => [
        expect.objectContaining({ name: 'LuaError', message: expect.stringContaining('stack overflow') }),
        2,
      ]),
    },
    {
      says: 'endless recursion through gsub and through coroutines is one too',
      does: ({ runtime }) => [
        inAChild(runtime, 'local function f() return (string.gsub("a", "a", f)) end f()'),
        inAChild(runtime, 'local function f() return coroutine.wrap(f)() end f()'),
      ],
      gives: [1, 2].map(() => ({ error: saying('stack overflow'), afterwards: 2 })),
    },
    {
      says: 'a state is as good after hundreds of errors as before',
      does: lua => {
        lua.globals.fail = () => {
          throw new Error('x')
        }
        const chunks = [
          'fail()',
          'local t = nil; t.x = 1',
          'return = 1',
          'error()',
          'coroutine.wrap(error)({})',
        ]
        for (let round = 0; round < 100; round++) for (const chunk of chunks) errorOf(lua, chunk)
        return lua.execute.all('return 1, 2')
      },
      gives: [1, 2],
    },
    {
      says: 'the error of used-up memory is a LuaMemoryError, of no limit a LuaError only',
      does: lua => {
        const error = errorOf(lua, 'error("not enough memory", 0)')
        return [error instanceof LuaMemoryError, error instanceof LuaTimeoutError]
      },
      gives: [true, false],
    },
  ],
}
