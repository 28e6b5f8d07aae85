import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLua, type LuaState } from '../../src/index.ts'
import { thrownBy } from '../fresh-state.ts'

let state: LuaState
beforeEach(async () => {
  state = await openLua('fengari')
})
afterEach(() => state.close())

test('to open a state is no assertion of the test that does', () => {
  expect.assertions(1)
  expect(state.eval('{1}')).toEqual([1])
})

test('a table of 1..n equals an array', () => {
  const table = state.eval('{1, 2, {3, {a = 4}}}')
  expect(table).toEqual([1, 2, [3, { a: 4 }]])
  expect(table).toStrictEqual([1, 2, [3, { a: 4 }]])
  expect([1, 2, [3, { a: 4 }]]).toEqual(table)
  expect(table).not.toEqual([1, 2])
  expect({ deep: table }).toEqual({ deep: [1, 2, [3, { a: expect.any(Number) }]] })
})

test('a table of string keys equals an object, and matches a part of it', () => {
  const table = state.eval('{a = 1, b = {c = 2, d = {1}}}')
  expect(table).toEqual({ a: 1, b: { c: 2, d: [1] } })
  expect(table).toMatchObject({ b: { d: [1] } })
  expect(table).not.toMatchObject({ b: { d: [2] } })
  expect(table).toHaveProperty('b.c', 2)
})

test('an empty table equals an empty array and an empty object', () => {
  expect(state.eval('{}')).toEqual([])
  expect(state.eval('{}')).toEqual({})
  expect(state.eval('{list = {}}')).toEqual({ list: [] })
  expect(state.eval('{}')).not.toEqual([1])
})

test('integer keys equal the names of an object, anything else a Map', () => {
  expect(state.eval('{a = 1, [7] = 2}')).toEqual({ a: 1, 7: 2 })
  expect(state.eval('{[true] = 1}')).toEqual(new Map([[true, 1]]))
  expect(state.eval('{[1] = "a", [2] = "b"}')).toEqual({ 1: 'a', 2: 'b' })
})

test('two tables of the same content are equal, cycles included', () => {
  const make = () => state.execute('local t = {1, 2} t.self = t return t')
  expect(make()).toEqual(make())
  expect(state.eval('{1, 2}')).not.toEqual(state.eval('{1, 3}'))
})

test('a table that changes is compared as it is now', () => {
  const table = state.eval('{}')
  table[1] = 'a'
  expect(table).toEqual(['a'])
  table.x = 1
  expect(table).toEqual({ 1: 'a', x: 1 })
})

test('snapshots show tables as plain data', () => {
  expect(state.eval('{1, {a = {}}}')).toMatchInlineSnapshot(`
    [
      1,
      {
        "a": {},
      },
    ]
  `)
})

test('a failure shows both sides as plain data', () => {
  expect(() => expect(state.eval('{1, {a = 2}}')).toEqual([1, { a: 3 }])).toThrow(
    expect.objectContaining({ actual: [1, { a: 2 }], expected: [1, { a: 3 }] }),
  )
})

test('matchers of lists work on tables too', () => {
  const table = state.eval('{1, 2, {3}}')
  expect(table).toEqual(expect.arrayContaining([[3]]))
  expect(table).toHaveLength(3)
  expect(table).toContain(2)
  expect(table).toContainEqual([3])
  expect(table).eql([1, 2, [3]])
  expect([table]).toContainEqual([1, 2, [3]])
})

test('a table that is not the one expected is shown as plain data', () => {
  expect(() => expect(state.eval('{1, 2}')).toBe(3)).toThrow('expected [ 1, 2 ] to be 3')
  expect(() => expect(state.eval('{1}')).toEqual([2])).toThrow('expected [ 1 ] to deeply equal [ 2 ]')
  const table = state.eval('{1}')
  expect(table).toBe(table)
})

test('promises of tables and soft expectations are understood', async () => {
  await expect(Promise.resolve(state.eval('{1}'))).resolves.toEqual([1])
  expect.soft(state.eval('{1}')).toEqual([1])
})

test('a failed assertion shows the test, not this package', () => {
  for (const body of [
    () => expect(state.eval('{1}')).toEqual([2]),
    () => expect({ a: 1 }).toEqual({ a: 2 }),
    () => expect(1).toBe(2),
  ]) {
    const { stack } = thrownBy(body) as Error
    expect(stack).toContain(import.meta.filename)
    expect(stack).not.toMatch(/packages\/state\/src/)
  }
})

test('an empty table is an empty list to the matchers of lists', () => {
  expect(state.eval('{}')).toHaveLength(0)
  expect(state.eval('{}')).not.toContain(1)
  expect(state.eval('{}')).not.toContainEqual({ a: 1 })
})

test('failures show tables inside other data as plain data too', () => {
  const results = state.execute.all('return {1, 2}, {a = {3}}')
  expect(results).toEqual([[1, 2], { a: [3] }])
  const error = thrownBy(() => expect(results).toEqual([[1, 2], { a: [4] }]))
  expect(error).toMatchObject({
    message: 'expected [ [ 1, 2 ], { a: [ 3 ] } ] to deeply equal [ [ 1, 2 ], { a: [ 4 ] } ]',
  })
})

test('asymmetric matchers see plain data at any depth', () => {
  const table = state.eval('{1, 2, {a = {3, 4}}}')
  expect([table]).toEqual([expect.arrayContaining([2])])
  expect({ deep: [table] }).toMatchObject({ deep: [expect.arrayContaining([{ a: [3, 4] }])] })
  const [data, like]: Record<string, unknown>[] = [
    { table },
    { table: [1, 2, { a: expect.arrayContaining([4]) }] },
  ]
  Object.assign(data ?? {}, { self: data })
  Object.assign(like ?? {}, { self: like })
  expect(data).toEqual(like)
  const bare = Object.assign(Object.create(null) as object, { table })
  expect(bare).toStrictEqual(Object.assign(Object.create(null) as object, { table: [1, 2, { a: [3, 4] }] }))
})
