import { expect, test } from 'vitest'
import { byReference, getKey, keysOf, lengthOf, toJS } from '../../src/index.ts'
import { freshState, thrownBy } from '../fresh-state.ts'

test('arrays and plain objects are copied deep, nothing is an empty table', () => {
  const lua = freshState()
  const list = [1]
  const table = lua.table({ list, again: list })
  list.push(2)
  expect(toJS(table)).toEqual({ list: [1], again: [1] })
  expect(table.list).toBe(table.again)
  expect(keysOf(lua.table())).toEqual([])
})

test('a Map gives keys of any kind, and is the way back from toJS', () => {
  const lua = freshState()
  const key = lua.table()
  const map = new Map<unknown, unknown>([
    [1.5, 'float'],
    [true, { a: 1 }],
    [key, 'table'],
    ['gone', undefined],
  ])
  const table = lua.table(map)
  expect([getKey(table, 1.5), toJS(getKey(table, true)), getKey(table, key)]).toEqual([
    'float',
    { a: 1 },
    'table',
  ])
  expect(keysOf(table)).toHaveLength(3)
  const mixed = toJS(lua.eval('{10, 20, x = 1}'))
  expect(mixed).toBeInstanceOf(Map)
  expect(lengthOf(lua.table(mixed))).toBe(2)
  expect(thrownBy(() => lua.table(new Map([[Number.NaN, 1]])))).toMatchObject({ name: 'LuaError' })
})

test('what would be no new table is refused with what is allowed', () => {
  const lua = freshState()
  for (const wrong of [lua.table(), new Set(), new Date(0), byReference({}), () => 1, null, 'text']) {
    expect(thrownBy(() => lua.table(wrong as object))).toMatchObject({ code: 'LUA_STATE_TABLE_SOURCE' })
  }
  expect(thrownBy(() => lua.table(lua.table()))).toMatchObject({
    message: expect.stringContaining('table was given a table of Lua. Allowed are arrays'),
  })
})

test('a table of a closed state cannot be made', () => {
  const lua = freshState()
  lua.close()
  expect(thrownBy(() => lua.table({}))).toMatchObject({ name: 'LuaStateError' })
})
