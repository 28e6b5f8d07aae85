import { expect, test } from 'vitest'
import {
  entriesOf,
  getKey,
  invoke,
  isLuaTable,
  keysOf,
  lengthOf,
  setKey,
  toJS,
  valuesOf,
} from '../../src/index.ts'
import { freshState, thrownBy } from '../fresh-state.ts'

test('toJS gives arrays for 1..n, objects for string keys, else a Map', () => {
  const lua = freshState()
  expect(toJS(lua.eval('{1, {2}}'))).toStrictEqual([1, [2]])
  expect(toJS(lua.eval('{a = 1, ["1"] = 2, __proto__ = 3}'))).toEqual(
    JSON.parse('{"a": 1, "1": 2, "__proto__": 3}'),
  )
  expect(toJS(lua.eval('{1, x = 2}'))).toStrictEqual(
    new Map<unknown, unknown>([
      ['x', 2],
      [1, 1],
    ]),
  )
  expect(toJS(lua.eval('{[1.5] = 1}'))).toStrictEqual(new Map([[1.5, 1]]))
  expect(toJS(lua.eval('{[1000] = 1}'))).toStrictEqual(new Map([[1000, 1]]))
  expect(toJS(lua.eval('{}'))).toStrictEqual({})
  expect(toJS('other')).toBe('other')
})

test('holes keep their indices', () => {
  const lua = freshState()
  const list = toJS(lua.eval('{1, nil, 3}'))
  expect(list).toHaveLength(3)
  expect(Object.keys(list)).toEqual(['0', '2'])
})

test('lengthOf obeys __len', () => {
  const lua = freshState()
  expect(lengthOf(lua.eval('{1, 2, 3}'))).toBe(3)
  expect(lengthOf(lua.eval('setmetatable({}, {__len = function() return 7 end})'))).toBe(7)
})

test('getKey, setKey and entriesOf know keys that have no property name', () => {
  const lua = freshState()
  const table = lua.table()
  const key = lua.table()
  setKey(table, 1.5, 'float')
  setKey(table, true, 'boolean')
  setKey(table, key, 'table')
  setKey(table, '1', 'string')
  setKey(table, 1, 'integer')
  expect([1.5, true, key, '1', 1].map(each => getKey(table, each))).toEqual([
    'float',
    'boolean',
    'table',
    'string',
    'integer',
  ])
  expect(entriesOf(table)).toHaveLength(5)
  expect(Object.keys(table)).toEqual(['1'])
  expect(getKey(table, undefined)).toBeUndefined()
  for (const wrong of [undefined, Number.NaN]) {
    expect(thrownBy(() => setKey(table, wrong, 1))).toMatchObject({ name: 'LuaError' })
  }
})

test('keysOf and valuesOf give what pairs goes through, by __pairs too', () => {
  const lua = freshState()
  const table = lua.eval('{10, 20, x = 30, [1.5] = 40}')
  expect(new Set(keysOf(table))).toEqual(new Set([1, 2, 'x', 1.5]))
  expect(new Set(valuesOf(table))).toEqual(new Set([10, 20, 30, 40]))
  expect(keysOf(lua.table())).toEqual([])
  const virtual = lua.eval(
    'setmetatable({}, {__pairs = function() return function(_, k) if not k then return "a", 1 end end end})',
  )
  expect([keysOf(virtual), valuesOf(virtual)]).toEqual([['a'], [1]])
  expect(thrownBy(() => keysOf({}))).toMatchObject({ code: 'LUA_STATE_TABLE_EXPECTED' })
  expect(thrownBy(() => valuesOf([] as never))).toMatchObject({ code: 'LUA_STATE_TABLE_EXPECTED' })
})

test('invoke passes the table as self', () => {
  const lua = freshState()
  const counter = lua.execute('return {n = 1, add = function(self, k) self.n = self.n + k return self.n end}')
  expect(invoke(counter, 'add', 4)).toBe(5)
  expect(thrownBy(() => invoke(counter, 'missing'))).toMatchObject({ code: 'LUA_STATE_TABLE_METHOD' })
})

test('what is no table is refused', () => {
  const lua = freshState()
  expect(thrownBy(() => lengthOf([1] as never))).toMatchObject({ code: 'LUA_STATE_TABLE_EXPECTED' })
  expect([lua.table(), lua.eval('print'), {}, null].map(isLuaTable)).toEqual([true, false, false, false])
})

test('binary keys are told apart', () => {
  const lua = freshState()
  expect(lua.execute(String.raw`local t = {} t["\1\17"] = 1 t["\17\1"] = 2 return t["\1\17"]`)).toBe(1)
})

test('invoke calls whatever can be called', () => {
  const lua = freshState()
  const callable = 'setmetatable({}, {__call = function(callee, self, x) return self.base + x end})'
  const table = lua.eval(`{base = 40, add = ${callable}, none = {}}`)
  expect(invoke(table, 'add', 2)).toBe(42)
  expect(thrownBy(() => invoke(table, 'none'))).toMatchObject({ code: 'LUA_STATE_TABLE_METHOD' })
})
