import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { freshState, thrownBy } from '../fresh-state.ts'

test('properties are the keys of Lua, integer names its integer keys', () => {
  const lua = freshState()
  const table = lua.eval('{"first", "second", name = "x", [-7] = "minus"}')
  expect([table[1], table[2], table['-7'], table.name, table[0], table.length, table.toString]).toEqual([
    'first',
    'second',
    'minus',
    'x',
    undefined,
    undefined,
    undefined,
  ])
  expect(Object.keys(table).toSorted()).toEqual(['-7', '1', '2', 'name'])
  expect({ ...table }).toEqual({ 1: 'first', 2: 'second', name: 'x', '-7': 'minus' })
})

test('a table is live in both directions', () => {
  const lua = freshState()
  const table = lua.globals
  lua.execute('x = 1')
  expect(table.x).toBe(1)
  table.x = [1, 2]
  expect(lua.execute('return #x')).toBe(2)
  delete table.x
  expect(lua.execute('return x == nil')).toBe(true)
  expect('x' in table).toBe(false)
  Object.defineProperty(table, 'x', { value: 3 })
  expect(lua.eval('x')).toBe(3)
  expect(Object.getOwnPropertyDescriptor(table, 'x')).toEqual({
    value: 3,
    writable: true,
    enumerable: true,
    configurable: true,
  })
})

test('then is undefined, so that await is safe', async () => {
  const lua = freshState()
  const table = lua.eval('{["then"] = function() error("called") end}')
  expect(table.then).toBeUndefined()
  expect(await table).toBe(table)
})

test('metamethods are obeyed, and their errors are LuaErrors', () => {
  const lua = freshState()
  const table = lua.execute(`
    return setmetatable({}, {
      __index = function(_, k) if k == "bad" then error("no " .. k) end return k .. "!" end,
      __newindex = function(t, k, v) rawset(t, k, v * 2) end,
      __tostring = function() return "I am" end,
    })`)
  expect(table.x).toBe('x!')
  table.y = 4
  expect(table.y).toBe(8)
  expect(thrownBy(() => table.bad)).toMatchObject({
    name: 'LuaError',
    message: expect.stringContaining('no bad'),
  })
  expect(`${table}`).toBe('I am')
  expect(`${lua.eval('{}')}`).toBe('table')
})

test('a table that refuses unknown names can be looked at all the same', () => {
  const lua = freshState()
  const strict = lua.execute(
    'return setmetatable({a = 1}, {__index = function(_, k) error("unknown " .. k) end})',
  )
  expect(inspect(strict)).toBe('{ a: 1 }')
  expect(JSON.stringify(strict)).toBe('{"a":1}')
})

test('__pairs decides which keys there are', () => {
  const lua = freshState()
  const table = lua.execute(
    'return setmetatable({}, {__pairs = function() return next, {a = 1, b = 2} end, __index = {a = 1, b = 2}})',
  )
  expect(Object.keys(table).toSorted()).toEqual(['a', 'b'])
})

test('util.inspect and JSON show plain data', () => {
  const lua = freshState()
  expect(inspect(lua.eval('{1, 2, {a = {}}}'))).toBe('[ 1, 2, { a: {} } ]')
  expect(JSON.stringify(lua.eval('{list = {1, 2}, x = "y"}'))).toMatch(/"list":\[1,2\]/)
  expect(inspect(lua.execute('local t = {} t.self = t return t'))).toBe('<ref *1> { self: [Circular *1] }')
  const table = lua.table()
  lua.close()
  expect(inspect(table)).toBe('[LuaTable of a closed state]')
})

test('nil and NaN are no keys to set', () => {
  const lua = freshState()
  expect(() => (lua.table()[Symbol('s') as unknown as string] = 1)).toThrow(TypeError)
})

test('a table of functions is printed without the properties of the functions', () => {
  const lua = freshState()
  expect(inspect(lua.eval('{f = print}'))).toBe('{ f: [Function: luaFunction] }')
})
