/** Closing at every bad moment: never a crash, never a second close, and use after it is an error that says so. */
import { expect } from 'vitest'
import { entriesOf, openStates, toJS, type LuaError } from '../../../src/index.ts'
import { attempt, attemptAsync } from '../attempt.ts'
import { unless, type Topic } from '../row.ts'

const closed = expect.objectContaining({ name: 'LuaStateError', code: 'LUA_STATE_CLOSED' })

export const closing: Topic = {
  title: 'Closing',
  rows: [
    {
      says: 'closing twice is closing once',
      does: (_, open) => {
        const lua = open()
        lua.close()
        lua.close()
        lua[Symbol.dispose]()
        return lua.closed
      },
      gives: true,
    },
    {
      says: 'an open state is listed until it is closed',
      does: (_, open) => {
        const lua = open()
        const listed = () => openStates().some(({ state }) => state === lua)
        const before = listed()
        lua.close()
        return [before, listed()]
      },
      gives: [true, false],
    },
    {
      says: 'everything that is used after close says where the state was opened and closed',
      does: (_, open) => {
        const lua = open()
        const [table, add, coroutine] = lua.execute.all('return {}, function() end, coroutine.create(print)')
        lua.close()
        const uses = [
          () => lua.eval('1'),
          () => lua.execute('x = 1'),
          () => lua.compile('return 1'),
          () => lua.table(),
          () => lua.globals,
          () => lua.require('x'),
          () => lua.collectGarbage(),
          () => lua.memoryUsed(),
          () => lua.baseline(),
          () => table.x,
          () => (table.x = 1),
          () => Object.keys(table),
          () => toJS(table),
          () => entriesOf(table),
          () => add(),
          () => coroutine.resume(),
          () => coroutine.status,
        ]
        const errors = uses.map(attempt) as Error[]
        return errors.map((error, index) => /opened at .+ and closed at /.test(error.message) || uses[index])
      },
      gives: Array.from({ length: 17 }, () => true),
    },
    {
      says: 'what belongs to a closed state can be printed, and goes into no other state',
      does: (lua, open) => {
        const other = open()
        const { globals } = other
        other.close()
        return attempt(() => lua.execute('return ...', globals))
      },
      gives: expect.objectContaining({ code: 'LUA_STATE_VALUE_FOREIGN' }),
    },
    {
      says: 'closing in a callback waits until no call is running',
      does: (_, open) => {
        const lua = open()
        lua.globals.close = () => lua.close()
        return [lua.execute('close() return "still here"'), lua.closed, attempt(() => lua.eval('1'))]
      },
      gives: ['still here', true, closed],
    },
    {
      says: 'a callback that closed the state can use it no more',
      does: (_, open) => {
        const lua = open()
        lua.globals.close = () => {
          lua.close()
          return attempt(() => lua.eval('1')) as object
        }
        return lua.execute('return close()')
      },
      gives: closed,
    },
    {
      says: 'closing in a callback deep inside pcalls and coroutines waits too',
      does: (_, open) => {
        const lua = open()
        lua.globals.close = () => lua.close()
        const chunk = `
          return coroutine.wrap(function()
            local ok = pcall(function() coroutine.wrap(function() close() end)() end)
            return ok and coroutine.status(coroutine.create(print))
          end)()`
        return [lua.execute(chunk), lua.closed]
      },
      gives: ['suspended', true],
    },
    {
      says: 'closing in a callback of a coroutine that JS resumes waits until it yields',
      does: (_, open) => {
        const lua = open()
        lua.globals.close = () => lua.close()
        const coroutine = lua.eval('coroutine.create(function() close() coroutine.yield("yielded") end)')
        return [coroutine.resume(), attempt(() => coroutine.resume())]
      },
      gives: ['yielded', closed],
    },
    {
      says: 'closing inside an iteration over a coroutine or over pairs ends it with an error',
      does: (_, open) => {
        const lua = open()
        const coroutine = lua.eval('coroutine.create(function() for i = 1, 3 do coroutine.yield(i) end end)')
        const seen: unknown[] = []
        const error = attempt(() => {
          for (const value of coroutine) {
            seen.push(value)
            lua.close()
          }
        })
        return [seen, error]
      },
      gives: [[1], closed],
    },
    {
      says: 'closing inside `__index` waits until JS has its answer',
      does: (_, open) => {
        const lua = open()
        lua.globals.close = () => lua.close()
        const t = lua.eval('setmetatable({}, {__index = function(_, k) close() return k end})')
        return [t.answer, lua.closed, attempt(() => t.other)]
      },
      gives: ['answer', true, closed],
    },
    {
      says: 'closing inside `__pairs` ends the iteration with an error',
      does: (_, open) => {
        const lua = open()
        lua.globals.close = () => lua.close()
        const t = lua.eval('setmetatable({1}, {__pairs = function(t) close() return next, t end})')
        const given = [attempt(() => entriesOf(t)), lua.closed]
        lua.close()
        return given
      },
      gives: [closed, true],
      differs: [unless('pairsMetamethod', '`pairs` does not ask it', [[[1, 1]], false])],
    },
    {
      says: 'closing while an error is on its way lets the error through',
      does: (_, open) => {
        const lua = open()
        lua.globals.fail = () => {
          lua.close()
          throw new Error('after close')
        }
        return [(attempt(() => lua.execute('fail()')) as LuaError).message, lua.closed]
      },
      gives: ['after close', true],
    },
    {
      says: 'closing with live handles of every kind leaves them dead, not dangling',
      does: async (_, open) => {
        const lua = open()
        const chunk = 'return {}, function() end, coroutine.create(print), io.stdout, (...)'
        const handles = lua.execute.all(chunk, new Map())
        lua.close()
        const other = open()
        for (let round = 0; round < 200; round++) other.execute('return {}, function() end')
        other.close()
        return [attempt(() => handles[0].x), attempt(() => handles[1]()), attempt(() => handles[2].resume())]
      },
      gives: [closed, closed, closed],
    },
    {
      says: 'closing inside `__gc` waits until no call is running',
      does: (_, open) => {
        const lua = open()
        lua.globals.close = () => lua.close()
        lua.execute(`
          local function finalize() close() end
          if newproxy then getmetatable(newproxy(true)).__gc = finalize
          else setmetatable({}, {__gc = finalize}) end`)
        const given = attempt(() => lua.execute('collectgarbage() collectgarbage() return "still here"'))
        const wasClosed = lua.closed
        lua.close()
        return [given, wasClosed]
      },
      gives: ['still here', true],
      differs: [unless('finalizers', 'no finalizer ever runs', ['still here', false])],
    },
    {
      says: 'closing with a pending executeAsync rejects it once it would go on',
      does: async (_, open) => {
        const lua = open()
        const gate = Promise.withResolvers<unknown>()
        lua.globals.wait = () => gate.promise
        const waiting = attemptAsync(() => lua.executeAsync('wait() return 1'))
        lua.close()
        gate.resolve(1)
        return waiting
      },
      gives: closed,
    },
    {
      says: 'hundreds of states are opened and closed, and many are open at once',
      does: (_, open) => {
        for (let round = 0; round < 300; round++) open().close()
        const many = Array.from({ length: 50 }, () => open())
        for (const [index, lua] of many.entries()) lua.globals.own = index
        const own = many.every((lua, index) => lua.eval('own') === index)
        for (const lua of many) lua.close()
        return own
      },
      gives: true,
    },
    {
      says: 'what JS still holds of closed states is let go without harm',
      does: (lua, open) => {
        const held = Array.from({ length: 20 }, () => {
          const other = open()
          const values = other.execute.all('return {}, function() end, {}')
          other.close()
          return values
        })
        lua.collectGarbage()
        return [held.length, lua.eval('1 + 1')]
      },
      gives: [20, 2],
    },
  ],
}
