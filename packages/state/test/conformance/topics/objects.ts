/** What is not data goes in as userdata that Lua can use and that comes out identical. */
import { expect } from 'vitest'
import { byReference, luaIterator } from '../../../src/index.ts'
import { attempt } from '../attempt.ts'
import type { Topic } from '../row.ts'
import { comesBackInEachWay, eachWayIn, inEachWay } from '../ways.ts'

class Account {
  balance = 10
  get half() {
    return this.balance / 2
  }
  pay(amount: number) {
    this.balance -= amount
    return this.balance
  }
}

class List extends Array {}

const kinds: readonly (() => object)[] = [
  () => new Account(),
  () => new Map(),
  () => new Set(),
  () => new Date(0),
  () => new Error('e'),
  () => Promise.resolve(1),
  () => new Proxy({}, {}),
  () => new Proxy([], {}),
  () => new List(),
  () => /x/,
  () => new Float64Array(1),
  () => new ArrayBuffer(1),
  () => new WeakMap(),
]

const causedBy = (cause: unknown) => expect.objectContaining({ name: 'LuaError', cause })
const typeError = (message: string) =>
  causedBy(expect.objectContaining({ name: 'TypeError', message: expect.stringContaining(message) }))
const refused = causedBy(expect.objectContaining({ code: 'LUA_STATE_ATTRIBUTE_REFUSED' }))

export const objects: Topic = {
  title: 'Objects of JavaScript',
  rows: [
    {
      says: 'class instances, Maps, Sets, Dates, Errors, Promises and Proxies are userdata',
      does: lua => kinds.map(make => inEachWay(lua, make(), 'return type(v)')),
      gives: kinds.map(() => eachWayIn(['userdata'])),
    },
    {
      says: 'class instances and their like come out identical',
      does: lua => kinds.map(make => comesBackInEachWay(lua, make())),
      gives: kinds.map(() => eachWayIn(true)),
    },
    {
      says: 'an object that goes in twice is the same userdata, also as a key',
      does: lua => {
        const map = new Map()
        return lua.execute.all('local a, b = ... local t = {[a] = 1} return a == b, t[b], next(t)', map, map)
      },
      gives: [true, 1, expect.any(Map), 1],
    },
    {
      says: 'byReference makes a userdata of plain data and functions, identical when it comes out',
      does: lua =>
        [{ a: 1 }, ['a'], Math.max].map(target => [
          inEachWay(lua, byReference(target), 'return type(v)'),
          Object.values(inEachWay(lua, byReference(target), 'return v')).every(([out]) => out === target),
        ]),
      gives: [0, 1, 2].map(() => [eachWayIn(['userdata']), true]),
    },
    {
      says: 'byReference refuses what has no identity',
      does: () => attempt(() => byReference(1 as unknown as object)),
      gives: expect.objectContaining({ code: 'LUA_STATE_VALUE_REFERENCE' }),
    },
    {
      says: 'Lua reads attributes, getters too, and sets them',
      does: lua => {
        const account = new Account()
        const read = lua.execute.all('local a = ... return a.balance, a.half, a.nothing', account)
        lua.execute('(...).balance = 100', account)
        return [read, account.balance]
      },
      gives: [[10, 5, undefined], 100],
    },
    {
      says: 'methods are called with `:` and with `.`, with the object as `this`',
      does: lua => lua.execute.all('local a = ... return a:pay(3), a.pay(2)', new Account()),
      gives: [7, 5],
    },
    {
      says: 'a function of Lua that is an attribute is such a method too',
      does: lua => {
        const object = { f: lua.eval('function(...) return select("#", ...) end') }
        return lua.execute.all('local o = ... return o.f(1), o:f(1), o.f == o.f', byReference(object))
      },
      gives: [1, 1, true],
    },
    {
      says: 'a method is the same function each time, and comes out as itself',
      does: lua => {
        const [same, pay] = lua.execute.all('local a = ... return a.pay == a.pay, a.pay', new Account())
        return [same, pay === Reflect.get(Account.prototype, 'pay')]
      },
      gives: [true, true],
    },
    {
      says: 'Maps and Dates have their methods, arrays count from 0, functions are called',
      does: lua =>
        lua.execute.all(
          'local map, date, list, max = ... return map:get("k"), date:getTime(), list[0], max(1, 2)',
          new Map([['k', 1]]),
          new Date(5),
          byReference(['a', 'b']),
          byReference(Math.max),
        ),
      gives: [1, 5, 'a', 2],
    },
    {
      says: 'luaIterator lets a `for` of Lua go over what JavaScript can iterate',
      does: lua => {
        const chunk = 'local all = {} for k, v in ... do all[#all + 1] = k .. tostring(v) end return all'
        const iterables = [
          new Map([
            ['a', 1],
            ['b', 2],
          ]),
          new Set(['x']),
          ['p', 'q'].entries(),
        ]
        return iterables.map(iterable => lua.execute(chunk, luaIterator(iterable)))
      },
      gives: [['a1', 'b2'], ['xnil'], ['0p', '1q']],
    },
    {
      says: '`#` is the length or the size, `tostring` what toString says',
      does: lua =>
        lua.execute.all(
          'local list, map = ... return #list, #map, tostring(map), tostring(list)',
          byReference(['a', 'b']),
          new Map([['k', 1]]),
        ),
      gives: [2, 1, '[object Map]', 'a,b'],
    },
    {
      says: 'the metatable of objects is out of reach of Lua',
      does: lua => [
        lua.execute('return getmetatable(...)', new Map()),
        attempt(() => lua.execute('setmetatable(..., {})', new Map())),
      ],
      gives: ['JavaScript object', expect.objectContaining({ name: 'LuaError' })],
    },
    {
      says: 'what cannot be done with an object is an error of Lua whose cause is the TypeError',
      does: lua => {
        lua.globals.frozen = byReference(Object.freeze({ a: 1 }))
        return ['frozen.a = 2', 'frozen()', 'return #frozen'].map(chunk => attempt(() => lua.execute(chunk)))
      },
      gives: [typeError('read-only'), typeError('not a function'), typeError('neither length nor size')],
    },
    {
      says: 'an error that a getter or a Proxy throws is what pcall catches',
      does: lua => {
        const thrown = new Error('of the getter')
        const object = new Proxy({}, { get: () => raise(thrown) })
        return lua.execute('local o = ... local ok, e = pcall(function() return o.x end) return e', object)
      },
      gives: new Error('of the getter'),
    },
    {
      says: 'attributeFilter decides which attributes Lua may read and set',
      options: { attributeFilter: (_, name, writing) => name === 'balance' && !writing },
      does: lua => {
        lua.globals.account = new Account()
        return ['return account.balance', 'return account.pay', 'account.balance = 1'].map(chunk =>
          attempt(() => lua.execute(chunk)),
        )
      },
      gives: [10, refused, refused],
    },
  ],
}

function raise(error: Error): never {
  throw error
}
