/** executeAsync: chunks that wait for promises of JavaScript. */
import { expect } from 'vitest'
import { attemptAsync } from '../attempt.ts'
import { unless, type Topic } from '../row.ts'

const later = async (value: unknown) => value
const reject = async (reason: unknown) => {
  throw reason
}

class Loader {
  async load(name: string) {
    return `${name}!`
  }
}

export const asyncChunks: Topic = {
  title: 'Chunks that wait for promises',
  rows: [
    {
      says: 'a promise that a callback returns suspends the chunk until it is settled',
      does: async lua => {
        lua.globals.later = later
        return lua.executeAsync('return later(1) + later(2) + ...', 3)
      },
      gives: 6,
    },
    {
      says: 'a chunk that waits for nothing ends too, with its first value',
      does: lua => lua.executeAsync('return ..., 2', 1),
      gives: 1,
    },
    {
      says: 'a promise is fulfilled with values of every kind, nothing too',
      does: async lua => {
        const values = [undefined, null, true, 1.5, 'é\u0000', [1], { a: 1 }, new Map(), lua.table(), later]
        lua.globals.next = async () => values.shift()
        const chunk =
          'local types = {} for i = 1, 10 do types[i] = type(next()) end return table.concat(types, " ")'
        return lua.executeAsync(chunk)
      },
      gives: 'nil nil boolean number string table table userdata table function',
    },
    {
      says: 'a chunk waits hundreds of times, also deep in functions',
      does: async lua => {
        lua.globals.later = later
        return lua.executeAsync(`local function deep(n, i) if n == 0 then return later(i) end return (deep(n - 1, i)) end
          local sum = 0 for i = 1, 300 do sum = sum + deep(20, i) end return sum`)
      },
      gives: 45_150,
    },
    {
      says: 'methods of objects are waited for too',
      does: lua => lua.executeAsync('local o = ... return o:load("x") .. o.load("y")', new Loader()),
      gives: 'x!y!',
    },
    {
      says: 'a rejection is an error in Lua that pcall catches as the same object',
      does: async lua => {
        const reason = new TypeError('rejected')
        const rejected = Promise.reject(reason)
        rejected.catch(() => undefined)
        lua.globals.fail = () => rejected
        lua.globals.isReason = (value: unknown) => value === reason
        return lua.executeAsync('local ok, e = pcall(fail) return tostring(ok) .. tostring(isReason(e))')
      },
      gives: 'falsetrue',
      differs: [
        unless('yieldAcrossPcall', 'inside pcall nothing can wait, which is another error', 'falsefalse'),
      ],
    },
    {
      says: 'a rejection that nothing catches rejects with a LuaError of that cause',
      does: async lua => {
        lua.globals.fail = reject
        const reasons = [new TypeError('rejected'), 'text', undefined]
        return Promise.all(reasons.map(reason => attemptAsync(() => lua.executeAsync('fail(...)', reason))))
      },
      gives: [
        expect.objectContaining({ name: 'LuaError', cause: expect.any(TypeError) }),
        expect.objectContaining({ name: 'LuaError', value: 'text' }),
        expect.objectContaining({ name: 'LuaError', value: undefined }),
      ],
    },
    {
      says: 'an error after waiting has the chunk and the line',
      does: async lua => {
        lua.globals.later = later
        return attemptAsync(() => lua.executeAsync('later(1)\nerror("afterwards")'))
      },
      gives: expect.objectContaining({
        name: 'LuaError',
        line: 2,
        message: expect.stringContaining('afterwards'),
      }),
    },
    {
      says: 'a chunk that does not compile rejects with a LuaSyntaxError',
      does: lua => attemptAsync(() => lua.executeAsync('return = 1')),
      gives: expect.objectContaining({ name: 'LuaSyntaxError' }),
    },
    {
      says: 'several chunks go on in turns, where a `coroutine.yield` is a turn too',
      does: async lua => {
        lua.execute('log = {}')
        const chunk = 'for i = 1, 2 do log[#log + 1] = ... .. i coroutine.yield() end'
        await Promise.all([lua.executeAsync(chunk, 'a'), lua.executeAsync(chunk, 'b')])
        return lua.globals.log
      },
      gives: ['a1', 'b1', 'a2', 'b2'],
    },
    {
      says: 'the state serves other calls while a chunk waits',
      does: async lua => {
        const gate = Promise.withResolvers<unknown>()
        lua.globals.wait = () => gate.promise
        const waiting = lua.executeAsync('local got = wait() return got .. x')
        lua.execute('x = "!"')
        gate.resolve(lua.eval('"other"'))
        return waiting
      },
      gives: 'other!',
    },
    {
      says: 'elsewhere a promise is a userdata: in other calls, and in coroutines of the chunk',
      does: async lua => {
        lua.globals.later = later
        return [
          lua.execute('return type(later())'),
          await lua.executeAsync('return coroutine.wrap(function() return type(later()) end)()'),
        ]
      },
      gives: ['userdata', 'userdata'],
    },
    {
      says: 'a thenable that is no promise is not waited for',
      does: async lua => {
        class Thenable {
          // oxlint-disable-next-line unicorn/no-thenable -- the thenable is the subject.
          then(): never {
            throw new Error('called')
          }
        }
        lua.globals.give = () => new Thenable()
        return lua.executeAsync('return type(give())')
      },
      gives: 'userdata',
    },
  ],
}
