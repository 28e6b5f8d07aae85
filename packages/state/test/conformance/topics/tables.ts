/** Tables of Lua as JS holds them: live proxies, whose properties are their Lua keys. */
import { inspect } from 'node:util'
import { expect } from 'vitest'
import { entriesOf, getKey, invoke, keysOf, lengthOf, setKey, valuesOf } from '../../../src/index.ts'
import { attempt } from '../attempt.ts'
import { bits, type Topic } from '../row.ts'

const luaError = (message: string) =>
  expect.objectContaining({ name: 'LuaError', message: expect.stringContaining(message) })

export const tables: Topic = {
  title: 'Tables',
  rows: [
    {
      says: 'properties are the keys of Lua: integer names its integer keys, from 1',
      does: lua => {
        const table = lua.eval('{"first", "second", name = "x", [-7] = "minus", [""] = "empty"}')
        return [table[1], table['2'], table[-7], table.name, table[''], table[0], table.length]
      },
      gives: ['first', 'second', 'minus', 'x', 'empty', undefined, undefined],
    },
    {
      says: 'names that look like numbers but are not canonical are strings',
      does: lua => {
        const table = lua.table()
        for (const name of ['01', '1.0', '-0', '1e3', ' 1', '9007199254740993']) table[name] = name
        return lua.execute(
          'local n, s = 0, 0 for k in pairs(...) do n = n + 1 if type(k) == "string" then s = s + 1 end end return n - s',
          table,
        )
      },
      gives: 0,
    },
    {
      says: 'a table is live in both directions',
      does: lua => {
        const table = lua.execute('t = {x = 1} return t')
        lua.execute('t.x = 2 t.added = true')
        const seen = [table.x, table.added, 'x' in table]
        table.x = [1, 2]
        delete table.added
        return [...seen, lua.execute.all('return #t.x, t.added'), 'added' in table]
      },
      gives: [2, true, true, [2, undefined], false],
    },
    {
      says: 'keys are listed with integers in their order first, and spread like those of an object',
      does: lua => {
        const table = lua.eval('{"first", "second", name = "x", [-7] = "minus", [true] = "no name"}')
        return [Object.keys(table), { ...table }]
      },
      gives: [['-7', '1', '2', 'name'], { '-7': 'minus', 1: 'first', 2: 'second', name: 'x' }],
    },
    {
      says: 'a property that is defined is set, and described as an ordinary one',
      does: lua => {
        const table = lua.table()
        Object.defineProperty(table, 'x', { value: 3 })
        return [lua.execute('return (...).x', table), Object.getOwnPropertyDescriptor(table, 'x')]
      },
      gives: [3, { value: 3, writable: true, enumerable: true, configurable: true }],
    },
    {
      says: '`then` is always undefined, so that a table can be awaited',
      does: async lua => {
        const table = lua.eval('{["then"] = function() error("called") end}')
        return [table.then, (await table) === table]
      },
      gives: [undefined, true],
    },
    {
      says: 'a table prints and becomes JSON as plain data, cycles included',
      does: lua => [
        inspect(lua.eval('{1, 2, {a = {}}}')),
        JSON.stringify(lua.eval('{list = {1, "é"}}')),
        inspect(lua.execute('local t = {} t.self = t return t')),
      ],
      gives: ['[ 1, 2, { a: {} } ]', '{"list":[1,"é"]}', '<ref *1> { self: [Circular *1] }'],
    },
    {
      says: 'a table is compared by `expect` as plain data',
      does: lua => lua.eval('{1, {a = {2}}}'),
      gives: [1, { a: [2] }],
    },
    {
      says: 'lengthOf is `#t`',
      does: lua => [lengthOf(lua.eval('{1, 2, 3}')), lengthOf(lua.table()), lengthOf(lua.table({ a: 1 }))],
      gives: [3, 0, 0],
    },
    {
      says: 'getKey, setKey and entriesOf take keys of every kind',
      does: lua => {
        const table = lua.table()
        const keys = [1.5, true, lua.table(), '1', 1, lua.eval('print'), new Date(0), Infinity, '', 'a\u0000']
        for (const [index, key] of keys.entries()) setKey(table, key, index)
        return [keys.map(key => getKey(table, key)), entriesOf(table).length, Object.keys(table).toSorted()]
      },
      gives: [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 10, ['', '1', 'a\u0000']],
    },
    {
      says: 'state.table makes a table of a Map too, and refuses what is no data',
      does: lua => {
        const table = lua.table(
          new Map<unknown, unknown>([
            ['a', [1]],
            [true, 'yes'],
            [1.5, 'float'],
          ]),
        )
        return [
          lua.execute.all('local t = ... return t.a[1], t[true], t[1.5]', table),
          attempt(() => lua.table(new Date())),
        ]
      },
      gives: [[1, 'yes', 'float'], expect.objectContaining({ code: 'LUA_STATE_TABLE_SOURCE' })],
    },
    {
      says: 'keysOf and valuesOf give what `pairs` gives',
      does: lua => {
        const table = lua.eval('{[1.5] = "float", [true] = "boolean"}')
        return [new Set(keysOf(table)), new Set(valuesOf(table))]
      },
      gives: [new Set([1.5, true]), new Set(['float', 'boolean'])],
    },
    {
      says: 'a bigint is an integer key, also beyond what is exact',
      does: lua => {
        const table = lua.table()
        setKey(table, 7n, 'seven')
        const large = attempt(() => setKey(table, 2n ** 62n, 'large'))
        return [table[7], large, attempt(() => getKey(table, 2n ** 62n))]
      },
      gives: ['seven', undefined, 'large'],
      differs: [
        bits(53, 'beyond 53 bits it is refused', ['seven', expect.any(RangeError), expect.any(RangeError)]),
        bits(32, 'beyond 32 bits it is refused', ['seven', expect.any(RangeError), expect.any(RangeError)]),
      ],
    },
    {
      says: 'a float key without a fraction is the integer key',
      does: lua => {
        const table = lua.execute('local t = {} t[2^1] = "two" t[4 / 2 + 1] = "three" return t')
        return [table[2], table[3], entriesOf(table).length]
      },
      gives: ['two', 'three', 2],
    },
    {
      says: 'nil and NaN read as nothing and are no keys to set',
      does: lua => {
        const table = lua.table({ a: 1 })
        return [
          [undefined, null, Number.NaN].map(key => getKey(table, key)),
          [undefined, null, Number.NaN].map(key => attempt(() => setKey(table, key, 1))),
          Object.keys(table),
        ]
      },
      gives: [[undefined, undefined, undefined], [luaError('nil'), luaError('nil'), luaError('NaN')], ['a']],
    },
    {
      says: 'binary keys are told apart',
      does: lua =>
        lua.execute('local t = {} t["\\1\\17"] = 1 t["\\17\\1"] = 2 t["\\0"] = 3 return t["\\1\\17"]'),
      gives: 1,
    },
    {
      says: 'invoke calls a method with the table as self',
      does: lua => {
        const chunk = 'return {n = 1, add = function(self, k) self.n = self.n + k return self.n end}'
        const counter = lua.execute(chunk)
        return [invoke(counter, 'add', 4), counter.n, attempt(() => invoke(counter, 'missing'))]
      },
      gives: [5, 5, expect.objectContaining({ code: 'LUA_STATE_TABLE_METHOD' })],
    },
    {
      says: 'a table that changes while its entries are read gives those that there were',
      does: lua => {
        const table = lua.eval('{1, 2, 3}')
        const seen: number[] = []
        for (const [key] of entriesOf(table)) {
          seen.push(key)
          delete table[key]
          table[`new${key}`] = true
        }
        return [seen.toSorted((a, b) => a - b), entriesOf(table).length]
      },
      gives: [[1, 2, 3], 3],
    },
  ],
}
