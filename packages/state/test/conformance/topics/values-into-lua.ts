/** What goes into Lua: nothing, booleans, functions, handles, and what Lua has no place for. */
import { expect } from 'vitest'
import { byReference, luaType } from '../../../src/index.ts'
import { attempt } from '../attempt.ts'
import type { Topic } from '../row.ts'
import { comesBackInEachWay, eachWayIn, inEachWay } from '../ways.ts'

class Account {
  balance = 1
}

const double = (x: number) => x * 2
const kinds = ['t', 'f', 'co', 'u']
const make = 't = {} f = function() end co = coroutine.create(f) u = io.stdout'
const foreign = expect.objectContaining({ name: 'LuaStateError', code: 'LUA_STATE_VALUE_FOREIGN' })
const noSymbol = expect.objectContaining({ name: 'LuaStateError', code: 'LUA_STATE_VALUE_SYMBOL' })

export const valuesIntoLua: Topic = {
  title: 'Values into Lua',
  rows: [
    {
      says: 'undefined and null are nil',
      does: lua => [undefined, null].map(value => inEachWay(lua, value, 'return type(v), v == nil')),
      gives: [eachWayIn(['nil', true]), eachWayIn(['nil', true])],
    },
    {
      says: 'booleans are booleans',
      does: lua => [true, false].map(value => comesBackInEachWay(lua, value)),
      gives: [eachWayIn(true), eachWayIn(true)],
    },
    {
      says: 'a function can be called by Lua, and comes out as itself',
      does: lua => [inEachWay(lua, double, 'return type(v), v(21)'), comesBackInEachWay(lua, double)],
      gives: [eachWayIn(['function', 42]), eachWayIn(true)],
    },
    {
      says: 'a function that goes in twice is the same function of Lua',
      does: lua => lua.execute('local a, b = ... local t = {[a] = 1} return a == b and t[b]', double, double),
      gives: 1,
    },
    {
      says: 'a class goes in as a function and comes out as itself',
      does: lua => comesBackInEachWay(lua, Account),
      gives: eachWayIn(true),
    },
    {
      says: 'tables, functions, coroutines and userdata of Lua go in as the same value of Lua',
      does: lua => {
        lua.execute(make)
        return kinds.map(name => inEachWay(lua, lua.globals[name], `return rawequal(v, _G.${name})`))
      },
      // An attribute that is a function is a method: bound to its object, whoever made the function.
      gives: kinds.map(name => ({
        ...eachWayIn([true]),
        ...(name === 'f' && { 'attribute of an object': [false] }),
      })),
    },
    {
      says: 'values of another state are refused, also deep inside data',
      does: (lua, open) => {
        const other = open()
        other.execute(make)
        const given = kinds.map(name => [
          attempt(() => lua.execute('return ...', other.globals[name])),
          attempt(() => (lua.globals.v = { list: [other.globals[name]] })),
        ])
        other.close()
        return given
      },
      gives: kinds.map(() => [foreign, foreign]),
    },
    {
      says: 'a symbol is refused, and the stack stays as it was',
      does: lua => [
        attempt(() => lua.execute('return ...', 1, Symbol('s'), 2)),
        attempt(() => (lua.globals.v = { deep: [Symbol('s')] })),
        lua.execute.all('return ...', 1, 2),
      ],
      gives: [noSymbol, noSymbol, [1, 2]],
    },
    {
      says: 'luaType says what each value is in Lua',
      does: lua =>
        [
          undefined,
          null,
          true,
          0,
          1.5,
          7n,
          'x',
          new Uint8Array(1),
          [],
          {},
          lua.table(),
          double,
          ...lua.execute.all('return print, coroutine.create(print), io.stdout'),
          new Map(),
          new Date(),
          Promise.resolve(),
          byReference({}),
          new Proxy({}, {}),
        ].filter(value => luaType(value) !== lua.execute('return type(...)', value)),
      gives: [],
    },
  ],
}
