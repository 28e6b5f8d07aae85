/** Coroutines: resumed by either side, and what yields where. */
import { expect } from 'vitest'
import { attempt } from '../attempt.ts'
import { on, unless, type Topic } from '../row.ts'

const luaError = (message: string) =>
  expect.objectContaining({ name: 'LuaError', message: expect.stringContaining(message) })

const noYield = (given: unknown) =>
  unless('yieldAcrossPcall', 'it is an error: the coroutine cannot yield there', given)
const acrossCall = expect.stringContaining('attempt to yield across')

export const coroutines: Topic = {
  title: 'Coroutines',
  rows: [
    {
      says: 'a coroutine is resumed with values and gives what it yields, then what it returns',
      does: lua => {
        const coroutine = lua.eval(
          'coroutine.create(function(a) local b, c = coroutine.yield(a + 1, "x") return b + c, nil end)',
        )
        return [coroutine.resume.all(1), coroutine.resume.all(3, 4)]
      },
      gives: [
        [2, 'x'],
        [7, undefined],
      ],
    },
    {
      says: 'its status is suspended, running, normal or dead',
      does: lua => {
        const seen: unknown[] = []
        lua.globals.note = (which: unknown) => seen.push(lua.globals[which as string].status)
        lua.execute(`outer = coroutine.create(function() note("outer") coroutine.resume(inner) end)
          inner = coroutine.create(function() note("outer") note("inner") coroutine.yield() end)`)
        seen.push(lua.globals.outer.status)
        lua.globals.outer.resume()
        return [...seen, lua.globals.inner.status, lua.globals.outer.status]
      },
      gives: ['suspended', 'running', 'normal', 'running', 'suspended', 'dead'],
    },
    {
      says: 'iterating gives the first value of each yield',
      does: lua => [
        ...lua.eval(
          'coroutine.create(function() for i = 1, 3 do coroutine.yield(i, "more") end return "end" end)',
        ),
      ],
      gives: [1, 2, 3],
    },
    {
      says: 'what next(value) of the iterator sends is what the yield gives',
      does: lua => {
        const chunk = 'coroutine.create(function() local got = coroutine.yield(1) return got .. "!" end)'
        const steps = lua.eval(chunk)[Symbol.iterator]()
        return [steps.next(), steps.next('sent'), steps.next()]
      },
      gives: [
        { value: 1, done: false },
        { value: 'sent!', done: true },
        { value: undefined, done: true },
      ],
    },
    {
      says: 'a loop that is left early leaves the coroutine suspended',
      does: lua => {
        const coroutine = lua.eval('coroutine.create(function() for i = 1, 3 do coroutine.yield(i) end end)')
        for (const value of coroutine) if (value === 2) break
        return [coroutine.status, coroutine.resume()]
      },
      gives: ['suspended', 3],
    },
    {
      says: 'resuming what is dead or running is an error',
      does: lua => {
        const dead = lua.eval('coroutine.create(function() end)')
        dead.resume()
        lua.globals.again = () => attempt(() => lua.globals.co.resume())
        lua.execute('co = coroutine.create(function() return again() end)')
        return [attempt(() => dead.resume()), (lua.globals.co.resume() as Error).message]
      },
      gives: [luaError('cannot resume dead coroutine'), 'cannot resume non-suspended coroutine'],
    },
    {
      says: 'an error ends the coroutine, with its frames, and the others go on',
      does: lua => {
        const coroutine = lua.eval(
          'coroutine.create(function() local function inner() error("deep") end inner() end)',
        )
        const error = attempt(() => coroutine.resume())
        return [error, coroutine.status, lua.eval('1 + 1')]
      },
      gives: [
        expect.objectContaining({
          name: 'LuaError',
          message: expect.stringContaining('deep'),
          stack: expect.stringContaining('at inner ('),
          traceback: expect.stringContaining("'inner'"),
        }),
        'dead',
        2,
      ],
    },
    {
      says: 'a coroutine is resumed by Lua and by JS in turn',
      does: lua => {
        lua.execute('co = coroutine.create(function() for i = 1, 4 do coroutine.yield(i) end end)')
        const inLua = () => lua.execute('return select(2, coroutine.resume(co))')
        return [lua.globals.co.resume(), inLua(), lua.globals.co.resume(), inLua()]
      },
      gives: [1, 2, 3, 4],
    },
    {
      says: 'a callback inside a coroutine runs on that coroutine, and may use the state',
      does: lua => {
        lua.globals.callback = () =>
          lua.execute('return coroutine.running()') === lua.globals.co && lua.eval('1 + 1')
        lua.execute('co = coroutine.create(function() return callback() + callback() end)')
        return lua.globals.co.resume()
      },
      gives: 4,
    },
    {
      says: 'a function of JavaScript can be the body of a coroutine',
      does: lua => lua.execute('return coroutine.wrap((...))(20)', (x: number) => x + 1),
      gives: 21,
    },
    {
      says: 'JS resumes a coroutine inside a callback of another',
      does: lua => {
        lua.execute('inner = coroutine.create(function() coroutine.yield("a") coroutine.yield("b") end)')
        lua.globals.next = () => lua.globals.inner.resume()
        const outer = lua.eval(
          'coroutine.create(function() coroutine.yield(next()) coroutine.yield(next()) end)',
        )
        return [outer.resume(), outer.resume(), outer.status, lua.globals.inner.status]
      },
      gives: ['a', 'b', 'suspended', 'suspended'],
    },
    {
      says: 'coroutines nested 50 deep pass values through',
      does: lua =>
        lua.execute(`local function nest(n)
            if n == 0 then return 0 end
            return 1 + coroutine.wrap(nest)(n - 1)
          end
          return nest(50)`),
      gives: 50,
    },
    {
      says: '1,000 coroutines are alive at once',
      does: lua =>
        lua.execute(`local all, sum = {}, 0
          for i = 1, 1000 do all[i] = coroutine.wrap(function() coroutine.yield(i) return -i end) end
          for i = 1, 1000 do sum = sum + all[i]() end
          for i = 1, 1000 do sum = sum + all[i]() end
          return sum`),
      gives: 0,
    },
    {
      says: 'yielding inside pcall works, and an error afterwards is caught',
      does: lua =>
        lua.execute.all(`local co = coroutine.create(function()
            local ok, v = pcall(function() return coroutine.yield(1) + 1 end)
            local no, e = pcall(function() coroutine.yield(2) error("caught", 0) end)
            return ok, v, no, e
          end)
          local _, first = coroutine.resume(co)
          if coroutine.status(co) == "suspended" then coroutine.resume(co, 10) return first, coroutine.resume(co) end
          return first`),
      gives: [1, true, true, 11, false, 'caught'],
      differs: [noYield([false])],
    },
    {
      says: 'yielding inside a metamethod and an iterator works',
      does: lua =>
        [
          'return setmetatable({}, {__index = function(_, k) return coroutine.yield(k) end}).x',
          'for v in function() return coroutine.yield("step") end do return v end',
        ].map(body =>
          lua.execute.all(
            'local co = coroutine.create((loadstring or load)(...)) local _, first = coroutine.resume(co) return first, coroutine.resume(co, "back")',
            body,
          ),
        ),
      gives: [
        ['x', true, 'back'],
        ['step', true, 'back'],
      ],
      differs: [
        noYield([
          [acrossCall, false, expect.anything()],
          [acrossCall, false, expect.anything()],
        ]),
      ],
    },
    {
      says: 'a yield across a callback of JavaScript is an error that pcall catches',
      does: lua => {
        lua.globals.callback = () => lua.execute('coroutine.yield(1)')
        return lua.execute(
          'return coroutine.wrap(function() local ok, e = pcall(callback) return tostring(e.message or e) end)()',
        )
      },
      gives: acrossCall,
    },
    {
      says: 'a yield outside a coroutine is an error',
      does: lua => attempt(() => lua.execute('coroutine.yield(1)')),
      gives: luaError('outside a coroutine'),
      differs: [on(['luajit', '5.1'], 'it is told as one across a call', luaError('attempt to yield'))],
    },
    {
      says: 'coroutine.running gives the main thread outside of coroutines',
      does: lua => {
        const [running, main] = lua.execute.all('return coroutine.running()')
        return [running?.status, main]
      },
      gives: ['running', true],
      differs: [on(['luajit', '5.1'], 'it gives nothing', [undefined, undefined])],
    },
  ],
}
