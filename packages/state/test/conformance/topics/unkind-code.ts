/** Code that is not kind: what Lua code may do to its own globals and metatables without harm to JS. */
import { expect } from 'vitest'
import type { LuaState } from '../../../src/index.ts'
import { attempt } from '../attempt.ts'
import type { Topic } from '../row.ts'

/** What JS does with a state every day; gives what it came to. */
function everyday(lua: LuaState): unknown[] {
  const table = lua.table({ a: 1 })
  table.b = [2]
  lua.collectGarbage()
  return [
    lua.eval('1 + 1'),
    lua.execute('local f = ... return f(20) + 1', (x: number) => x * 2),
    Object.keys(table).toSorted(),
    lua.execute('local o = ... return o.size', new Map([[1, 1]])),
    attempt(() => lua.execute('local t = nil; t.x = 1')),
    attempt(() => lua.execute('(...)()', fail)),
    attempt(() => lua.compile('= =')),
  ]
}

function fail(): never {
  throw new Error('of JS')
}

const asEver = [
  2,
  41,
  ['a', 'b'],
  1,
  expect.objectContaining({ name: 'LuaError', line: 1, traceback: expect.stringContaining('main chunk') }),
  expect.objectContaining({ name: 'LuaError', message: 'of JS', cause: expect.any(Error) }),
  expect.objectContaining({ name: 'LuaSyntaxError', line: 1 }),
]

/** After this code all is as ever. */
const unkind: Record<string, string> = {
  'empties the globals': 'local g = _G for k in pairs(g) do g[k] = nil end',
  'empties every library': `for _, library in pairs({string, table, debug, coroutine, os, io, math, package.loaded}) do
      for k in pairs(library) do library[k] = nil end
    end`,
  'puts nonsense in place of the functions of the libraries': `
    local function nonsense() return nil end
    for _, library in ipairs({string, table, debug, coroutine, _G}) do
      for k, v in pairs(library) do if type(v) == "function" and v ~= pairs then library[k] = nonsense end end
    end`,
  'makes unknown globals errors': `setmetatable(_G, {
      __index = function(_, k) error("undefined " .. tostring(k), 2) end,
      __newindex = function(_, k) error("undeclared " .. tostring(k), 2) end})`,
  'takes the metatable of strings apart':
    'local m = getmetatable("") m.__index = nil m.__eq = error m.__gc = error',
  'gives metatables to nil, booleans, numbers, functions and coroutines': `
    local hostile = {__index = error, __newindex = error, __call = error, __eq = error, __gc = error, __len = error}
    for _, v in ipairs({true, 1, print, coroutine.create(print)}) do debug.setmetatable(v, hostile) end
    debug.setmetatable(nil, {__index = function() return "field" end, __newindex = error})
    debug.setmetatable(nil, nil)`,
  'stops the collector': 'collectgarbage("stop")',
}

export const unkindCode: Topic = {
  title: 'Code that is not kind',
  rows: [
    ...Object.entries(unkind).map(([what, chunk]) => ({
      says: `code that ${what} does no harm to what JS does`,
      does: (lua: LuaState) => {
        lua.execute(chunk)
        return everyday(lua)
      },
      gives: asEver,
    })),
    {
      says: 'another metatable for an object of JavaScript does not change what comes out',
      does: lua => {
        const map = new Map()
        const chunk =
          'local o = ... debug.setmetatable(o, {__index = function() return "other" end}) return o.x, o'
        const [field, out] = lua.execute.all(chunk, map)
        return [field, out === map, ...everyday(lua)]
      },
      gives: ['other', true, ...asEver],
    },
    {
      says: 'random words as chunks are errors or run, and the state goes on',
      options: { callTimeout: 500 },
      does: lua => {
        const random = numbersFrom(11)
        const words =
          'local function end if then else for in do while repeat until return break x y t 1 "s" nil true ( ) { } [ ] = == .. + - # . : , ; ... pcall error coroutine.yield os.exit'.split(
            ' ',
          )
        const failures = Array.from({ length: 500 }, () => {
          const chunk = Array.from({ length: random(12) + 1 }, () => words[random(words.length)]).join(' ')
          return attempt(() => void lua.execute(chunk))
        })
        const kinds = new Set(failures.map(failure => (failure as Error | undefined)?.name))
        return [kinds.has('LuaSyntaxError'), kinds.has('TypeError'), lua.eval('1 + 1')]
      },
      gives: [true, false, 2],
    },
    {
      says: 'random bytes as chunks are syntax errors or run',
      does: lua => {
        const random = numbersFrom(7)
        const failures = Array.from({ length: 300 }, () => {
          const chunk = Uint8Array.from({ length: random(40) }, () => random(256))
          return attempt(() => void lua.execute(chunk))
        })
        const kinds = new Set(failures.map(failure => (failure as Error | undefined)?.name))
        return [[...kinds].filter(kind => kind !== undefined && !kind.startsWith('Lua')), lua.eval('1 + 1')]
      },
      gives: [[], 2],
    },
  ],
}

/** Numbers from 0 to `below`, the same in every run. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
