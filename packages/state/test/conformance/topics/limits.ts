/** Limits: a call that takes too long or too much memory ends with an error, and the state goes on. */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { LuaTimeoutError, type LuaState } from '../../../src/index.ts'
import { attempt, attemptAsync } from '../attempt.ts'
import { unless, type Row, type Topic } from '../row.ts'

const timeout = expect.objectContaining({ name: 'LuaTimeoutError', limit: 60, line: expect.any(Number) })
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
    const lua = open({ callTimeout: 60 })
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
      options: { callTimeout: 60 },
      does: lua => {
        const error = attempt(() => lua.compile('local x = 1\nwhile true do end', { name: 'rules' })())
        const { chunk, line, stack, limit } = error as LuaTimeoutError
        return [chunk, line, limit, String(stack).includes(import.meta.filename)]
      },
      gives: ['rules', 2, 60, true],
    },
    {
      says: 'a callback that swallows the end does not prolong the call',
      options: { callTimeout: 60 },
      does: lua => {
        lua.globals.swallow = () => String(attempt(() => lua.execute('while true do end')))
        return [attempt(() => lua.execute('while true do swallow() end')), usable(lua)]
      },
      gives: [timeout, 10],
    },
    {
      says: 'a coroutine that JS resumes has the limit too, and is dead afterwards',
      options: { callTimeout: 60 },
      does: lua => {
        const coroutine = lua.eval('coroutine.create(function() coroutine.yield(1) while true do end end)')
        return [coroutine.resume(), attempt(() => coroutine.resume()), coroutine.status, usable(lua)]
      },
      gives: [1, timeout, 'dead', 10],
    },
    {
      says: 'a coroutine that was made before has it, and one that was made in a callback',
      options: { callTimeout: 60 },
      does: lua => {
        lua.globals.make = () => lua.eval('coroutine.create(function() while true do end end)')
        lua.execute('before = make()')
        return ['before', 'make()'].map(co => attempt(() => lua.execute(`coroutine.resume(${co})`)))
      },
      gives: [timeout, timeout],
    },
    {
      says: 'metamethods that run because JS looks at a table have the limit',
      options: { callTimeout: 60 },
      does: lua => {
        const t = lua.eval('setmetatable({}, {__index = function() while true do end end})')
        return [attempt(() => t.x), usable(lua)]
      },
      gives: [timeout, 10],
    },
    {
      says: 'a stretch of executeAsync has the limit; the time of waiting does not count',
      options: { callTimeout: 100 },
      does: async lua => {
        lua.globals.sleep = () => sleep(250)
        return [
          await lua.executeAsync('sleep() return "awake"'),
          await attemptAsync(() => lua.executeAsync('while true do end')),
        ]
      },
      gives: ['awake', expect.any(LuaTimeoutError)],
    },
    {
      says: 'each call has the whole limit: many short ones take as long as they like',
      options: { callTimeout: 200 },
      does: lua => {
        const start = performance.now()
        let calls = 0
        while (performance.now() - start < 500) calls += lua.eval('1')
        return calls > 0
      },
      gives: true,
    },
    {
      says: 'a function is asked for the limit when the outermost call enters Lua',
      does: (_, open) => {
        let limit: number | undefined
        let asked = 0
        const lua = open({ callTimeout: () => (asked++, limit) })
        lua.globals.nested = () => lua.eval('1')
        const count = [undefined, 0, Infinity].map(each => {
          ;[limit, asked] = [each, 0]
          lua.execute('nested() for i = 1, 50000 do end')
          return asked
        })
        limit = 60
        const given = [count, attempt(() => lua.execute('while true do end'))]
        lua.close()
        return given
      },
      gives: [[1, 1, 1], timeout],
    },
    {
      says: 'a long function of a library comes to its end, and then the call ends',
      does: (_, open) => {
        let limit: number | undefined
        const lua = open({ callTimeout: () => limit })
        lua.execute('big = {} for i = 1, 300000 do big[i] = i end')
        limit = 5
        const error = attempt(() => lua.execute('table.insert(big, 1, "first") while true do end'))
        limit = undefined
        const given = [error instanceof LuaTimeoutError, lua.eval('big[1]')]
        lua.close()
        return given
      },
      gives: [true, 1],
      differs: [
        unless('callTimeoutInLibrary', 'it does: nothing ends a function of a library', [true, 'first']),
      ],
    },
    {
      says: 'the time is no limit where none is given',
      does: lua => lua.execute('local n = 0 for i = 1, 3000000 do n = n + 1 end return n'),
      gives: 3_000_000,
    },
  ],
}
