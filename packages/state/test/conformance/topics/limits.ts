/** Limits: a call that takes too long or too much memory ends with an error, and the state goes on. */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { LuaTimeoutError, type LuaState } from '../../../src/index.ts'
import { attempt, attemptAsync } from '../attempt.ts'
import { unless, type Row, type Topic } from '../row.ts'

/** In ms: short, but long enough for a busy machine to do a little within it. */
const limit = 150

const timeout = expect.objectContaining({ name: 'LuaTimeoutError', limit, line: expect.any(Number) })
const unsupported = expect.objectContaining({ code: 'LUA_STATE_OPTION_UNSUPPORTED' })
const loop = 'local function loop() while true do end end '

/** Code that would never end. */
const endless: Record<string, string> = {
  'an endless loop': 'while true do end',
  'a loop of calls': 'local function f() end while true do f() end',
  'a loop in a function that was called before': `${loop} loop()`,
  'a loop under pcall': `${loop} pcall(loop)`,
  'a loop that swallows its end': `${loop} while true do pcall(loop) end`,
  'a loop in a coroutine': `${loop} coroutine.wrap(loop)()`,
  'coroutines for ever': `${loop} while true do coroutine.resume(coroutine.create(loop)) end`,
  'coroutines inside coroutines': `${loop} coroutine.wrap(function() while true do pcall(coroutine.wrap(loop)) end end)()`,
  'a message handler that is a loop': `${loop} xpcall(loop, loop)`,
  'a message handler that loops by itself': 'xpcall(error, function() while true do end end)',
  'a loop that removed the hook': 'debug.sethook() while true do end',
  'a loop with a hook of its own': 'debug.sethook(function() end, "l", 3) while true do end',
  'recursion that swallows its end': 'local function f() while true do pcall(f) end end f()',
  'a loop in a metamethod': `${loop} return setmetatable({}, {__index = loop}).x`,
  'a loop in a comparison of table.sort': `${loop} table.sort({3, 2, 1}, loop)`,
  'a loop in a replacement of gsub': `${loop} return (string.gsub("a", "a", loop))`,
}

const usable = (lua: LuaState) => lua.execute('local n = 0 for i = 1, 10 do n = n + 1 end return n')

const endlessRows: Row[] = Object.entries(endless).map(([what, chunk]) => ({
  says: `callTimeout ends ${what}, and the state goes on`,
  does: (_, open) => {
    const lua = open({ callTimeout: limit })
    const given = [attempt(() => lua.execute(chunk)), usable(lua)]
    lua.close()
    return given
  },
  gives: [timeout, 10],
  differs: [unless('callTimeout', 'the option is refused', [unsupported])],
}))

export const limits: Topic = {
  title: 'Limits of time',
  rows: [
    ...endlessRows,
    {
      says: 'the error tells the limit, the chunk and the line that ran, and the caller',
      options: { callTimeout: limit },
      does: lua => {
        const error = attempt(() => lua.compile('local x = 1\nwhile true do end', { name: 'rules' })())
        const { chunk, line, stack, limit: told } = error as LuaTimeoutError
        return [chunk, line, told, String(stack).includes(import.meta.filename)]
      },
      gives: ['rules', 2, limit, true],
    },
    {
      says: 'a callback that swallows the end does not prolong the call',
      options: { callTimeout: limit },
      does: lua => {
        lua.globals.swallow = () => String(attempt(() => lua.execute('while true do end')))
        return [attempt(() => lua.execute('while true do swallow() end')), usable(lua)]
      },
      gives: [timeout, 10],
    },
    {
      says: 'a coroutine that JS resumes has the limit too, and is dead afterwards',
      options: { callTimeout: limit },
      does: lua => {
        const coroutine = lua.eval('coroutine.create(function() coroutine.yield(1) while true do end end)')
        return [coroutine.resume(), attempt(() => coroutine.resume()), coroutine.status, usable(lua)]
      },
      gives: [1, timeout, 'dead', 10],
    },
    {
      says: 'a coroutine that was made before has it, and one that was made in a callback',
      options: { callTimeout: limit },
      does: lua => {
        lua.globals.make = () => lua.eval('coroutine.create(function() while true do end end)')
        lua.execute('before = make()')
        return ['before', 'make()'].map(co => attempt(() => lua.execute(`coroutine.resume(${co})`)))
      },
      gives: [timeout, timeout],
    },
    {
      says: 'metamethods that run because JS looks at a table have the limit',
      options: { callTimeout: limit },
      does: lua => {
        const t = lua.eval('setmetatable({}, {__index = function() while true do end end})')
        return [attempt(() => t.x), usable(lua)]
      },
      gives: [timeout, 10],
    },
    {
      says: 'a stretch of executeAsync has the limit; the time of waiting does not count',
      options: { callTimeout: 500 },
      does: async lua => {
        lua.globals.sleep = () => sleep(1200)
        return [
          await lua.executeAsync('sleep() return "awake"'),
          await attemptAsync(() => lua.executeAsync('while true do end')),
        ]
      },
      gives: ['awake', expect.any(LuaTimeoutError)],
    },
    {
      says: 'each call has the whole limit: many short ones take as long as they like',
      options: { callTimeout: 700 },
      does: lua => {
        const start = performance.now()
        let calls = 0
        while (performance.now() - start < 1500) calls += lua.eval('1')
        return calls > 0
      },
      gives: true,
    },
    {
      says: 'a function is asked for the limit when the outermost call enters Lua',
      does: (_, open) => {
        let given: number | undefined
        let asked = 0
        const lua = open({ callTimeout: () => (asked++, given) })
        lua.globals.nested = () => lua.eval('1')
        const counts = [undefined, 0, Infinity].map(each => {
          ;[given, asked] = [each, 0]
          lua.execute('nested() for i = 1, 50000 do end')
          return asked
        })
        given = limit
        const error = attempt(() => lua.execute('while true do end'))
        lua.close()
        return [counts, error]
      },
      gives: [[1, 1, 1], timeout],
    },
    {
      says: 'callTimeout ends a long function of a library',
      does: (_, open) => {
        let given: number | undefined
        const lua = open({ callTimeout: () => given })
        lua.execute('big = {} for i = 1, 300000 do big[i] = i end')
        given = 5
        const error = attempt(() => lua.execute('table.insert(big, 1, "first") while true do end'))
        given = undefined
        const first: unknown = lua.eval('big[1]')
        lua.close()
        return [error instanceof LuaTimeoutError, first]
      },
      gives: [true, 1],
      differs: [
        unless('callTimeoutInLibrary', 'the function comes to its end, and then the call ends', [
          true,
          'first',
        ]),
      ],
    },
    {
      says: 'the time is no limit where none is given',
      does: lua => lua.execute('local n = 0 for i = 1, 3000000 do n = n + 1 end return n'),
      gives: 3_000_000,
    },
  ],
}
